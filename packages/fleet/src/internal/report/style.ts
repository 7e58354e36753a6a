export const style = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --ink: #16191d; --soft: #5b6470; --line: #dfe3e8; --accent: #067d45;
  --approved: #1f9d5b; --applying: #d99a06; --refused: #d0453b; --timeout: #8b5cc7; --other: #7b8794; }
@media (prefers-color-scheme: dark) { :root { --ground: #101317; --card: #181c22; --ink: #e7eaee; --soft: #9aa5b1; --line: #2b323b;
  --accent: #3ccb82; --approved: #35b873; --applying: #e2b23f; --refused: #ef6b61; --timeout: #a98be0; --other: #8b96a3; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC",
  "Microsoft YaHei", sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 17px; margin: 0 0 12px; } p { margin: 4px 0 0; } .soft { color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin-top: 16px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 16px 0 0; }
dl div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; display: flex; flex-direction: column-reverse; }
dt { color: var(--soft); } dd { margin: 0; font-size: 26px; font-weight: 600; font-variant-numeric: tabular-nums; } .bad { color: var(--refused); }
.bar { display: grid; grid-template-columns: minmax(90px, 220px) 1fr 64px; gap: 4px 12px; align-items: center; margin-top: 8px; }
.bar .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar svg { width: 100%; height: 18px; display: block; border-radius: 4px; } .number { text-align: right; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 12px; color: var(--soft); }
.legend span::before, .status::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 6px; background: var(--other); }
.approved::before { background: var(--approved) !important; } .applying::before { background: var(--applying) !important; }
.refused::before, .failed::before { background: var(--refused) !important; } .timeout::before { background: var(--timeout) !important; }
rect.approved { fill: var(--approved); } rect.applying { fill: var(--applying); } rect.refused { fill: var(--refused); }
rect.timeout { fill: var(--timeout); } rect.other { fill: var(--other); }
table { width: 100%; border-collapse: collapse; } th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 7px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
#table { table-layout: fixed; } #table th:nth-child(1) { width: 190px; } #table th:nth-child(3) { width: 150px; }
.tools { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 8px; }
input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 7px 10px; }
input { flex: 1 1 220px; min-width: 0; } button { cursor: pointer; margin-top: 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.id { font: 13px ui-monospace, Menlo, Consolas, monospace; } .who { display: flex; gap: 8px; align-items: flex-start; }
.avatar { flex: none; width: 28px; height: 28px; border-radius: 6px; background: var(--line); color: var(--soft); display: grid; place-items: center;
  overflow: hidden; font-size: 13px; } .avatar img { width: 100%; height: 100%; object-fit: cover; }
.who .id { display: block; color: var(--soft); } .status { white-space: nowrap; } .note { color: var(--soft); }
bdi { unicode-bidi: isolate; }
@media (max-width: 640px) {
  .bar { grid-template-columns: 1fr auto; } .bar svg { grid-column: 1 / -1; grid-row: 2; } #errors td, #errors th { padding: 7px 2px; }
  #table thead { display: none; } #table tr { display: block; border-bottom: 1px solid var(--line); padding: 8px 0; }
  #table td { display: flex; gap: 12px; border: 0; padding: 3px 0; } #table td:empty { display: none; }
  #table td > * { min-width: 0; overflow-wrap: anywhere; }
  #table td::before { content: attr(data-label); flex: 0 0 84px; color: var(--soft); }
}
`
