export declare const tables: (results: unknown, language: "en" | "zh") => string
