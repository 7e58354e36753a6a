import type { Rule } from "../engine/emit.js"
import { eitherTags, withoutArbitrary } from "./annotations.js"
import { callShapes } from "./calls.js"
import { tags } from "./classes.js"
import { memberNames, moduleNames, references } from "./references.js"
import { renamedFields } from "./renamedFields.js"
import { typeReferences } from "./types.js"
import { yielded } from "./yielded.js"

/** The first that has something to say about a node writes it. */
export const rules: ReadonlyArray<Rule> = [
  yielded,
  tags,
  withoutArbitrary,
  renamedFields,
  callShapes,
  typeReferences,
  references,
  memberNames,
  moduleNames,
  eitherTags
]
