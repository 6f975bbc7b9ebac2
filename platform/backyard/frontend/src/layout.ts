// On the exercise page, before anything is painted: the panes have the sizes that they had.

import { pagePanes } from "./panes";

pagePanes();
