// On every page. Each page works without it.

import { resultPane } from "./result";
import { startTheme } from "./theme";
import { localTimes } from "./times";

startTheme();
localTimes();
resultPane()?.resume();
