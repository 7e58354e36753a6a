// Plays the cloud: loads the function's folder, calls it as the mini program would, and prints what that would get.
const { main } = require(process.env.FUNCTION_FOLDER)

// an answer is WeChat's own JSON, in which a status is a number
const names = ["", "applying", "approved", "refused", "timeout"]

main().then(({ plugins, error }) => {
  if (error !== undefined) {
    throw new Error(JSON.stringify(error))
  }
  for (const { appid, nickname, status } of plugins) {
    console.log(`${appid} ${nickname}: ${names[status]}`)
  }
})
