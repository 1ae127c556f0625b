/** Colours of the page, each with enough contrast on each of its grounds: 4.5 for text, 3 for lines. */
const LIGHT =
  '--ground:#f7f7f4;--sheet:#fff;--sunk:#efefea;--ink-1:#15181c;--ink-2:#424a53;--ink-3:#5a626b;--line:#767e88;' +
  '--hair:#d9d9d2;--canvas:#fff;--accent:#0b57b0;--alert:#a5360e;--amber:#755300;--teal:#0a6557';

const DARK =
  '--ground:#101316;--sheet:#171b20;--sunk:#1d2228;--ink-1:#e9ebee;--ink-2:#bac1c9;--ink-3:#969faa;--line:#7c8692;' +
  '--hair:#2e353d;--canvas:#101316;--accent:#84b6ff;--alert:#ff9469;--amber:#e5b74b;--teal:#55cfb6';

const FONT = 'system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif';
const MONO = 'ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace';

const SCREEN = `
*{box-sizing:border-box}
html{scroll-padding-top:64px;background:var(--ground);color:var(--ink-1)}
body{margin:0;font:14px/1.5 ${FONT};font-variant-numeric:tabular-nums}
a{color:inherit;text-underline-offset:3px;text-decoration-color:var(--line)}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
header{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:4px 28px;align-items:center;min-height:48px;padding:8px 24px;background:var(--sheet);border-bottom:1px solid var(--hair)}
h1{font-size:15px;margin:0;font-weight:600;overflow-wrap:anywhere}
h1 .source{font-family:${MONO};font-weight:400;font-size:13px;color:var(--ink-2)}
nav{display:flex;flex-wrap:wrap;gap:2px 18px}
nav a{color:var(--ink-2);text-decoration:none;padding:4px 0}
nav a:hover{color:var(--ink-1);text-decoration:underline}
.skip{position:absolute;left:-999px}.skip:focus{left:24px;background:var(--sheet);padding:4px 8px}
main{max-width:1440px;margin:0 auto;padding:0 24px 48px}
section{padding:28px 0 4px}
section+section{border-top:1px solid var(--hair)}
h2{font-size:18px;line-height:1.3;margin:0 0 12px;font-weight:600}
h3{font-size:15px;margin:20px 0 8px;font-weight:600}
.quantity{color:var(--ink-3);font-weight:400;margin-left:.25em}
.verdict{font-size:clamp(19px,2.2vw,26px);line-height:1.32;max-width:46em;margin:4px 0 12px;color:var(--ink-2);text-wrap:pretty}
.figure{font-weight:600;color:var(--ink-1);text-decoration-color:var(--line)}
.figure.open{color:var(--ink-1);text-decoration-color:var(--alert);text-decoration-thickness:2px}
.facts{display:flex;flex-wrap:wrap;gap:4px 22px;margin:0 0 8px;color:var(--ink-2)}
.facts a{font-weight:600}
.severity-error{--tone:var(--alert)}.severity-warning{--tone:var(--amber)}.severity-info{--tone:var(--ink-3)}
.facts .severity-error,.facts .severity-warning,.facts .severity-info{color:var(--tone)}
.doubtful{color:var(--amber)}
.quiet{color:var(--ink-3);margin:4px 0 12px;max-width:80ch}
.summary{font-size:16px;font-weight:600;margin:0 0 6px}
.summary~ul{margin:0 0 14px;padding-left:18px;color:var(--ink-2);columns:3 22em}
.picture{overflow-x:auto;background:var(--canvas);border:1px solid var(--hair);border-radius:6px;padding:12px}
.picture>svg{display:block;margin:0 auto;max-width:100%;height:auto;min-width:min(820px,100%)}
.scroll{margin:0 0 14px;overflow-x:auto;background:var(--sheet);border:1px solid var(--hair);border-radius:6px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding:8px 12px;color:var(--ink-3);font-size:13px}
th{text-align:left;font-weight:600;font-size:12.5px;color:var(--ink-2);padding:6px 12px;border-bottom:1px solid var(--line);text-transform:capitalize;white-space:nowrap}
td{padding:6px 12px;vertical-align:top;border-bottom:1px solid var(--hair);overflow-wrap:break-word;max-width:44em}
tr:last-child td{border-bottom:0}
tbody tr:hover td{background:var(--sunk)}
td[data-heading=ports],td[data-heading=before],td[data-heading=after],td[data-heading="pod selector"],code,pre{font-family:${MONO};font-size:12.5px}
td[data-mark="+"],td[data-mark="~"]{color:var(--alert);font-weight:600;white-space:nowrap}
td[data-mark="-"]{color:var(--teal);font-weight:600;white-space:nowrap}
td[data-mark="?"],td[data-mark=unknown]{color:var(--amber);font-weight:600}
td[data-mark=unknown] div::before{content:"? "}
.cause{color:var(--ink-3);font-size:12.5px}
.group{border-left:3px solid var(--tone);padding:2px 0 2px 16px;margin:0 0 20px}
.group h3{margin:0 0 8px}
.tag{color:var(--tone);font-weight:600}
.finding{background:var(--sheet);border:1px solid var(--hair);border-radius:6px;padding:8px 14px;margin:8px 0;overflow-wrap:anywhere}
.finding p{margin:4px 0}
.place{color:var(--ink-3)}
.fix{font-family:${MONO};font-size:12.5px;color:var(--ink-1);background:var(--sunk);padding:6px 10px;border-radius:4px}
details{margin:6px 0}
summary{cursor:pointer;padding:4px 0;overflow-wrap:anywhere}
.policy,.engine{border-bottom:1px solid var(--hair)}
.policy>summary{font-family:${MONO};font-size:12.5px}
:target>summary{color:var(--accent);font-weight:600}
pre{margin:4px 0 10px;padding:10px 14px;background:var(--sheet);border:1px solid var(--hair);border-radius:6px;overflow-x:auto}
.sentences{white-space:pre-wrap;font-family:inherit;font-size:14px}
button,input,select,textarea{font:inherit;color:var(--ink-1);background:var(--sheet);border:1px solid var(--line);border-radius:4px;padding:6px 10px}
button{cursor:pointer;font-weight:600}button:hover{background:var(--sunk)}
::placeholder{color:var(--ink-3);opacity:1}
.row{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:end;margin:0 0 14px}
.row label{display:grid;gap:3px;max-width:100%;font-size:12.5px;color:var(--ink-2);min-width:0}
.row input,select{min-width:0;max-width:100%}.row input:not([size]){width:17em;max-width:100%}
output{color:var(--ink-3);padding:7px 0}
.answer{--tone:var(--ink-3);border-left:3px solid var(--tone);padding:2px 0 2px 16px;margin:0 0 18px}
.answer p{margin:3px 0;overflow-wrap:anywhere}.headline{font-size:17px;font-weight:600}
.verdict-allowed{--tone:var(--accent)}.verdict-denied{--tone:var(--ink-1)}.verdict-unknown,.verdict-partly{--tone:var(--amber)}
.problem{color:var(--alert)}.quiet-word{color:var(--ink-3)}
.columns>label{display:grid;gap:3px;align-content:start;font-size:12.5px;color:var(--ink-2)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:16px}.columns>*{min-width:0}
textarea{width:100%;min-height:22em;font-family:${MONO};font-size:12.5px;line-height:1.5;resize:vertical}
[hidden]{display:none!important}
footer{padding:16px 24px;border-top:1px solid var(--hair)}
@media (max-width:640px){
body{font-size:15px}header{position:static;padding:8px 16px}main{padding:0 16px 32px}html{scroll-padding-top:0}
nav a,summary,.facts a{padding:8px 0}input,select,button,textarea{font-size:16px}.row label,.row input:not([size]){width:100%}
.picture>svg{min-width:820px;max-width:none}
thead{position:absolute;left:-999px}
table,tbody,tr,td{display:block}tr{padding:8px 0;border-bottom:1px solid var(--hair)}
td{border:0;padding:2px 12px 2px 7.5em;position:relative;max-width:none;overflow-wrap:anywhere}
td::before{content:attr(data-heading);position:absolute;left:12px;color:var(--ink-3);font:12.5px/1.7 ${FONT};text-transform:capitalize}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){.group{border-left-color:CanvasText}}
`;

const PAPER = `
html{background:#fff}body{font-size:11px}header{position:static}nav,.skip,.interactive{display:none!important}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.scroll,.picture,pre{overflow:visible}pre{white-space:pre-wrap}.picture>svg{min-width:0;max-width:100%}
thead{display:table-header-group}tr,.finding,.picture{break-inside:avoid}h2,h3{break-after:avoid}
`;

/** Light or dark as its reader has it, and light on paper, where nothing is folded. */
export const PAGE_STYLE = `:root{color-scheme:light dark;${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}${SCREEN}@media print{:root{color-scheme:light;${LIGHT}}${PAPER}}`;
