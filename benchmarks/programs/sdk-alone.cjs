const cloud = require("wx-server-sdk")

console.log(typeof cloud.init)
process.exit()
