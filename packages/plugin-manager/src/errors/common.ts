import * as cloud from "./cloud.js"
import * as general from "./general.js"

/** The classes of the errcodes that any operation may return, whatever its documentation lists. */
export const commonClasses = [...Object.values(general), ...Object.values(cloud)]
