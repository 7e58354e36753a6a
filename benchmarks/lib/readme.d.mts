type Kind = "readme" | "speed"
export declare const files: ReadonlyArray<readonly [file: string, language: "en" | "zh", kind: Kind]>
export declare const tables: (results: unknown, language: "en" | "zh") => Readonly<Record<Kind, string>>
