// @ts-check
/** What every page runs. */

import { start as startBell } from "ui/bell";
import { start as startDays } from "ui/day";
import { start as startDevice } from "ui/device";
import { start as startDialogs } from "ui/dialogs";
import { start as startFiles } from "ui/files";
import { start as startHtmx } from "ui/htmx";
import { start as startMenus } from "ui/menus";
import { start as startPrinting } from "ui/printing";
import { start as startReveal } from "ui/reveal";
import { start as startShortcuts } from "ui/shortcuts";
import { start as startSigningOut } from "ui/signing_out";
import { start as startStage } from "ui/stage";
import { start as startSuggest } from "ui/suggest";
import { start as startTabs } from "ui/tabs";
import { start as startTheme } from "ui/theme";
import { start as startToasts } from "ui/toast";
import { start as startUploads } from "ui/upload";

startBell();
startTheme();
startMenus();
startDialogs();
startToasts();
startHtmx();
startUploads();
startFiles();
startDays();
startShortcuts();
startPrinting();
startReveal();
startDevice();
startSigningOut();
startStage();
startSuggest();
startTabs();
