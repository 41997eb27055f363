// The page's one entry: each module looks after one thing and works on what it finds.
import "./theme.js";
import "./dialogs.js";
import "./keys.js";
import "./ticking.js";
import "./drafts.js";
import "./unsaved.js";
import "./files.js";
import "./places.js";
import "./copying.js";
import "./exchange.js";
import "./desk.js";
import "./guide.js";
import "./coach.js";
