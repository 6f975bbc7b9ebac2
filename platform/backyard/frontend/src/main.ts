// On every page. Each page works without it.

import { graderNotice } from "./away";
import { sourceLinks } from "./lines";
import { openHints } from "./hints";
import { followLive } from "./live";
import { resultPane } from "./result";
import { startTheme } from "./theme";
import { localTimes } from "./times";

startTheme();
graderNotice()?.follow();
localTimes();
resultPane()?.resume();
sourceLinks();
followLive();
openHints();
