import { createHash } from 'node:crypto';
import { KEYPAD_KEYS } from '../../hardware/keypad/keypad-press.ts';

/**
 * The dock as a page: for developers and demonstrations, so it is in English only. It needs no build: one page, one
 * script of its own, nothing from elsewhere.
 */
export function dockPage(): string {
  return PAGE;
}

/** Only the page's own script and style run; it talks to this office and nobody else. */
export function dockPolicy(): string {
  const script = /<script>(?<text>[\s\S]*?)<\/script>/.exec(PAGE)?.groups?.text ?? '';
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dock – Infolett</title>
<style>
  body { margin: 0; font: 16px/1.45 Roboto, "Noto Sans", system-ui, sans-serif; color: #151926; background: #eef1f4; }
  header { background: #003662; color: #fff; padding: 16px 24px; display: flex; gap: 24px; align-items: baseline; flex-wrap: wrap; }
  h1 { font-size: 22px; margin: 0; }
  header a { color: #d9e8f5; }
  main { display: grid; grid-template-columns: minmax(280px, 360px) 1fr; gap: 16px; padding: 16px 24px; }
  section section { border: 0; padding: 0; }
  main > section { background: #fff; border: 1px solid #d2d3d8; border-radius: 6px; padding: 16px; }
  h2 { font-size: 18px; margin: 0 0 12px; }
  fieldset { border: 0; padding: 0; margin: 0 0 16px; display: grid; gap: 8px; }
  legend { font-weight: 700; margin-bottom: 6px; }
  label { display: flex; gap: 10px; align-items: center; min-height: 40px; }
  input[type=number] { width: 9ch; font: inherit; min-height: 36px; }
  details { margin-bottom: 16px; }
  summary { min-height: 40px; font-weight: 700; cursor: pointer; }
  input[type=checkbox], input[type=radio] { width: 22px; height: 22px; }
  button { font: inherit; min-height: 44px; padding: 0 16px; border: 1px solid #737482; border-radius: 6px; background: #fff; cursor: pointer; }
  button:focus-visible, input:focus-visible { outline: 3px solid #151926; outline-offset: 2px; }
  .row { display: flex; gap: 8px; flex-wrap: wrap; }
  #slips { display: flex; gap: 16px; flex-wrap: wrap; align-items: flex-start; }
  figure { margin: 0; }
  figure img { width: 216px; border: 1px solid #d2d3d8; image-rendering: auto; }
  figcaption { color: #4b4e62; font-size: 14px; }
  @media (max-width: 800px) { main { grid-template-columns: 1fr; } }
</style>
<header><h1>Dock</h1><span>Virtual devices of the demonstration office</span>
<a href="/">Kiosk</a><a href="/display">Display</a><a href="/console/">Console</a></header>
<main>
<section><h2>Ticket printer</h2>
<form id="knobs"></form>
<p class="row"><button id="reset">All in order</button></p>
<section id="keypad" hidden><h2>Keypad</h2>
<p class="row">${KEYPAD_KEYS.map((key) => `<button data-key="${key}">${key}</button>`).join('')}</p>
<p class="row"><button data-act='{"jack":"in"}'>headphones in</button><button data-act='{"jack":"out"}'>headphones out</button></p>
<p class="row"><button data-act='{"plugged":false}'>unplug</button><button data-act='{"plugged":true}'>plug in</button><button data-act='{"denied":true}'>no permission</button><button data-act='{"denied":false}'>permission</button></p>
<p id="pad"></p></section>
<h2>Clock</h2>
<p class="row"><button data-advance="60000">+1 min</button><button data-advance="600000">+10 min</button><button data-advance="3600000">+1 h</button></p>
<p id="clock"></p></section>
<section><h2>Last slips</h2><div id="slips"></div></section>
</main>
<script>
const form = document.getElementById('knobs');
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((r) => r.json()).then(show);
const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('change', ({ target: { name, type, value, checked } }) => {
  const position = type === 'checkbox' ? checked : type === 'number' ? (value === '' ? null : Number(value)) : value;
  post('/dock/knob', { [name]: position });
});
for (const button of document.querySelectorAll('[data-key]')) {
  button.addEventListener('click', () => post('/dock/keypad', { key: button.dataset.key }));
}
for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', () => post('/dock/keypad', JSON.parse(button.dataset.act)));
}
document.getElementById('reset').addEventListener('click', () => post('/dock/reset', {}));
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => post('/dock/clock', { advanceMs: Number(button.dataset.advance) }));
}
/* Most used first; the abilities of the model stand behind a fold. */
const isAbility = ({ name }) => /^(knows|nearEnd|drawer|startsDouble|refuses|keeps)/.test(name);
function inputsOf(knob) {
  const { name, kind, says, choices, most } = knob;
  if (kind === 'choice') return element('fieldset', {}, element('legend', { textContent: says }),
    ...choices.map((value) => element('label', {}, element('input', { type: 'radio', name, value }), value)));
  if (kind === 'flag') return element('label', {}, element('input', { type: 'checkbox', name }), says);
  return element('label', {}, element('input', { type: 'number', name, min: 0, max: most }), says);
}
function build(knobs) {
  const abilities = element('details', {}, element('summary', { textContent: 'What this model can do' }), ...knobs.filter(isAbility).map(inputsOf));
  form.replaceChildren(...knobs.filter((knob) => !isAbility(knob)).map(inputsOf), abilities);
}
let shown = '';
function show(state) {
  if (form.childElementCount === 0 && state.knobs.length > 0) build(state.knobs);
  for (const { name, kind, value } of state.knobs) {
    for (const input of form.querySelectorAll('[name=' + name + ']')) {
      if (kind === 'flag') input.checked = value;
      else if (kind === 'choice') input.checked = input.value === value;
      else if (input !== document.activeElement) input.value = value ?? '';
    }
  }
  const { keypad } = state;
  document.getElementById('keypad').hidden = keypad === null;
  if (keypad) document.getElementById('pad').textContent = [keypad.plugged ? 'plugged in' : 'unplugged', keypad.denied ? 'no permission' : null, 'headphones ' + keypad.jack, 'light ' + (keypad.lit ? 'on' : 'off')].filter(Boolean).join(', ');
  document.getElementById('clock').textContent = 'The office clock is ' + Math.round(state.clockAheadMs / 60000) + ' min ahead.';
  const key = state.slips.map((slip) => slip.id).join();
  if (key === shown) return;
  shown = key;
  document.getElementById('slips').replaceChildren(...state.slips.slice(-6).reverse().map(({ id, at, bytes }) => {
    const time = new Date(at).toLocaleTimeString('en-GB');
    return element('figure', {},
      element('img', { src: '/dock/slips/' + id + '.png?' + at, alt: 'Slip printed at ' + time }),
      element('figcaption', { textContent: time + ', ' + bytes + ' bytes' }));
  }));
}
const look = () => fetch('/dock/state').then((r) => r.json()).then(show).catch(() => undefined);
look();
setInterval(look, 1500);
</script>
</html>
`;
