// On the exercise page: replaces the plain text areas by an editor.

import { Workbench } from "./workbench";

const root = document.querySelector<HTMLElement>("#workbench");
if (root) new Workbench(root);
