// On every page. Each page works without it.

import { followLive } from "./live";
import { resultPane } from "./result";
import { startTheme } from "./theme";
import { localTimes } from "./times";

startTheme();
localTimes();
resultPane()?.resume();
followLive();
