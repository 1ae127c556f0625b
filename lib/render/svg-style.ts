/** Colours, each with enough contrast on its ground: 4.5 for text, 3 for lines. */
interface Tokens {
  readonly paper: string;
  readonly panel: string;
  readonly box: string;
  readonly rule: string;
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  /** What gets wider. */
  readonly alert: string;
  /** What gets narrower. */
  readonly calm: string;
  /** What nobody knows. */
  readonly doubt: string;
}

const LIGHT: Tokens = {
  paper: '#ffffff',
  panel: '#ffffff',
  box: '#f4f4f0',
  rule: '#c9c9c1',
  ink: '#15181c',
  faint: '#5f6771',
  line: '#767e88',
  alert: '#ae3a10',
  calm: '#0b6b5c',
  doubt: '#7a5600',
};

const DARK: Tokens = {
  paper: '#101316',
  panel: '#171b20',
  box: '#1d2228',
  rule: '#3c454f',
  ink: '#e9ebee',
  faint: '#969faa',
  line: '#8b95a1',
  alert: '#ff9469',
  calm: '#55cfb6',
  doubt: '#e5b74b',
};

/** A rule for each class; colours are written out, for not every program that shows SVG knows variables. */
function rules({ paper, panel, box, rule, ink, faint, line, alert, calm, doubt }: Tokens): string {
  return [
    `.paper{fill:${paper}}`,
    `.ink{fill:${ink}}`,
    `.faint{fill:${faint}}`,
    `.box{fill:${box};stroke:${rule}}`,
    `.node{fill:${panel};stroke:${line}}`,
    `.edge{stroke:${line}}.head{fill:${line}}`,
    `.entry .head{fill:${paper};stroke:${line}}`,
    `.outside .edge,.opened .edge,.changed .edge{stroke:${alert}}`,
    `.outside .head,.opened .head,.changed .head{fill:${alert}}`,
    `.closed .edge{stroke:${calm}}.closed .head{fill:${calm}}`,
    `.unknown .edge{stroke:${doubt}}.unknown .head{fill:${doubt}}`,
    `.narrower .edge{stroke:${calm}}.narrower .head{fill:${calm}}`,
    `.ground{fill:${paper}}.box-ground{fill:${box}}`,
    `.sign-opened,.sign-changed{fill:${alert}}.sign-closed{fill:${calm}}.sign-unknown{fill:${doubt}}`,
  ].join('');
}

const FIXED = [
  'text{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:13px}',
  '.title{font-size:19px;font-weight:600}',
  '.small{font-size:11px}',
  '.name{font-weight:600}',
  '.italic{font-style:italic}',
  '.edge{fill:none;stroke-width:1.3}',
  '.node,.box{stroke-width:1}',
  '.dashed{stroke-dasharray:4 3}',
  '.entry .edge{stroke-dasharray:1 4;stroke-width:1.8;stroke-linecap:round}',
  '.unknown .edge{stroke-dasharray:3 3;stroke-width:1.6}',
  '.opened .edge{stroke-width:2.4}',
  '.closed .edge{stroke-dasharray:9 6;stroke-width:1.8}',
  '.changed .edge{stroke-dasharray:10 4 2 4;stroke-width:2.2}',
  '.sign-opened,.sign-closed,.sign-changed,.sign-unknown{font-weight:600}',
].join('');

/** Light or dark as its reader has it, and light on paper. */
export const STYLE = `${FIXED}${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}@media print{${rules(LIGHT)}}`;
