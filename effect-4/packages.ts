/** A folder of this repository that major 2 is derived from. */
export interface Unit {
  /** from the root of the repository, and in `.generated` as well */
  readonly folder: string
  /** the files and folders of it that are derived; without it, `src` and `test` */
  readonly only?: ReadonlyArray<string>
  /** tests that are not derived, with the reason */
  readonly notDerived?: Readonly<Record<string, string>>
}

/** What is derived so far. */
export const units: ReadonlyArray<Unit> = [
  { folder: "packages/plugin-manager" },
  { folder: "packages/transport-cloud" },
  { folder: "packages/transport-https", only: ["src"] },
  { folder: "tests/support", only: ["arbitrary.ts", "recordSpans.ts"] }
]

/** The version of everything that is derived. */
export const version = "2.0.0-next.0"
