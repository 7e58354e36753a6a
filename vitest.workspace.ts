export default [
  "packages/*",
  "tests/browser",
  "tests/contract",
  "tests/contract/secrets",
  "tests/examples",
  "tests/fleet",
  "tests/house",
  "tests/registry"
]
