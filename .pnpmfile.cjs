// The command is published as a bundle: what it is made of is in it, and is not installed beside it.
module.exports = {
  hooks: {
    beforePacking: (manifest) => {
      const { dependencies: _bundled, ...published } = manifest
      return manifest.name === "@effect-wechat/cli" ? published : manifest
    }
  }
}
