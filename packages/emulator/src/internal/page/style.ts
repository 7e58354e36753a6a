export const style = `
:root { color-scheme: light dark; --ground: #f4f6f8; --card: #fff; --ink: #15191e; --soft: #5a6572; --line: #dde2e8; --accent: #067d45; --on-accent: #fff;
  --good: #17804a; --bad: #c2352b; --wait: #996c00; --fault: #7a4bb5; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1216; --card: #181c22; --ink: #e7eaee; --soft: #9ba6b2; --line: #2c343d; --accent: #3ccb82;
  --on-accent: #07150d; --good: #4bc98a; --bad: #f27d73; --wait: #e3b650; --fault: #b797ea; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 20px; max-width: 1280px; margin: 0 auto; padding: 18px 16px 6px; }
h1 { font-size: 20px; margin: 0; } h2 { font-size: 15px; margin: 0 0 10px; } .soft, .count, .clock { color: var(--soft); margin: 0; } .count { font-weight: 400; }
.clock { display: flex; gap: 12px; margin-right: auto; font-variant-numeric: tabular-nums; }
#live::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; background: var(--bad); margin-right: 6px; } #live.on::before { background: var(--good); }
nav { display: flex; gap: 4px; }
#message { max-width: 1248px; margin: 6px auto; padding: 0 16px; min-height: 21px; color: var(--good); overflow-wrap: anywhere; } #message.bad { color: var(--bad); }
main { display: grid; grid-template-columns: minmax(0, 1fr) 380px; gap: 16px; max-width: 1280px; margin: 0 auto; padding: 0 16px 40px; align-items: start; }
.left, .right { display: grid; gap: 16px; min-width: 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; min-width: 0; }
.fields { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; margin-bottom: 10px; } .wide { grid-column: 1 / -1; display: block; }
label span { display: block; font-size: 12px; color: var(--soft); } .check { grid-column: span 2; display: flex; gap: 6px; align-items: end; padding-bottom: 6px; } .check span { font-size: 13px; color: inherit; }
input:not([type=checkbox]), select, textarea { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 5px 8px; } textarea { font: 12px/1.5 ui-monospace, monospace; }
button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px; cursor: pointer; }
button:hover { border-color: var(--accent); } button[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; } .danger { color: var(--bad); } .danger:hover { border-color: var(--bad); }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; } details { margin-bottom: 10px; } summary { cursor: pointer; } .hidden { display: none !important; }
#journal { list-style: none; margin: 0; padding: 0; max-height: 560px; overflow: auto; }
#journal li { border-top: 1px solid var(--line); } #journal li:first-child { border-top: 0; }
#journal > li > button { display: grid; grid-template-columns: 34px minmax(0, 1fr) auto; gap: 10px; width: 100%; text-align: left; background: none; border: 0; border-radius: 4px; padding: 7px 4px; }
#journal > li > button:hover { background: var(--ground); } .seq { color: var(--soft); font-variant-numeric: tabular-nums; }
.what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .what b { font-weight: 600; } .what span { color: var(--soft); }
.outcome { font-variant-numeric: tabular-nums; white-space: nowrap; } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); } .fault { color: var(--fault); }
pre { margin: 0 0 10px; padding: 10px; background: var(--ground); border-radius: 6px; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; overflow: auto; } h3 { font-size: 12px; color: var(--soft); margin: 4px 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 10px; }
.card { display: flex; gap: 10px; border: 1px solid var(--line); border-radius: 8px; padding: 10px; min-width: 0; } .card div { min-width: 0; overflow-wrap: anywhere; }
.letter { flex: none; width: 34px; height: 34px; border-radius: 8px; background: var(--accent); color: var(--on-accent); display: grid; place-items: center; font-weight: 600; }
.card b { display: block; } .card small, td small { color: var(--soft); display: block; }
.scroll { overflow-x: auto; } table { width: 100%; min-width: 560px; border-collapse: collapse; } th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } th { font-size: 12px; color: var(--soft); font-weight: 500; } tr:last-child td { border-bottom: 0; } td:nth-child(3) { white-space: nowrap; }
@media (max-width: 860px) { main { grid-template-columns: minmax(0, 1fr); } #journal { max-height: 420px; } }
@media (max-width: 460px) { .outcome { grid-column: 2; } #journal > li > button { gap: 0 8px; } .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); } .clock { margin-right: 0; } }
`
