import { vi } from "vitest"

// a mutant in the code that runs while a module loads takes effect only if the module loads again
vi.resetModules()
