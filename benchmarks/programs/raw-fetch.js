const post = (path, body) =>
  fetch(process.env.WECHAT_BASE_URL + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body)
  }).then((response) => response.json())

const app = { grant_type: "client_credential", appid: "wx00000000000000a1", secret: "made-up" }

post("/cgi-bin/stable_token", app)
  .then(({ access_token }) => post(`/wxa/plugin?access_token=${access_token}`, { action: "list" }))
  .then(({ plugin_list }) => {
    console.log(plugin_list.length)
    process.exit()
  })
