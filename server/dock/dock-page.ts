/**
 * The dock as a page: for developers and demonstrations, so it is in English only. It needs no build: one page, one
 * script of its own, nothing from elsewhere.
 */
export function dockPage(): string {
  return PAGE;
}

const KNOB_ROWS = [
  ['coverOpen', 'Cover open'],
  ['cutterError', 'Cutter stuck'],
  ['headHot', 'Print head hot'],
  ['fault', 'Unrecoverable fault'],
  ['unplugged', 'Unplugged'],
  ['silent', 'Answers nothing'],
  ['loseAnswer', 'Loses the answer'],
] as const;

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
  section { background: #fff; border: 1px solid #d2d3d8; border-radius: 6px; padding: 16px; }
  h2 { font-size: 18px; margin: 0 0 12px; }
  fieldset { border: 0; padding: 0; margin: 0 0 16px; display: grid; gap: 8px; }
  legend { font-weight: 700; margin-bottom: 6px; }
  label { display: flex; gap: 10px; align-items: center; min-height: 40px; }
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
<form id="knobs">
<fieldset><legend>Paper</legend>
<label><input type="radio" name="paper" value="enough"> enough</label>
<label><input type="radio" name="paper" value="low"> running low</label>
<label><input type="radio" name="paper" value="out"> out</label></fieldset>
<fieldset><legend>Trouble</legend>
${KNOB_ROWS.map(([name, words]) => `<label><input type="checkbox" name="${name}"> ${words}</label>`).join('\n')}
</fieldset></form>
<p class="row"><button id="reset">All in order</button></p>
<h2>Clock</h2>
<p class="row"><button data-advance="60000">+1 min</button><button data-advance="600000">+10 min</button><button data-advance="3600000">+1 h</button></p>
<p id="clock"></p></section>
<section><h2>Last slips</h2><div id="slips"></div></section>
</main>
<script>
const knobs = document.getElementById('knobs');
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((r) => r.json()).then(show);
knobs.addEventListener('change', (event) => {
  const { name, type, value, checked } = event.target;
  post('/dock/knob', { [name]: type === 'checkbox' ? checked : value });
});
document.getElementById('reset').addEventListener('click', () => post('/dock/reset', {}));
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => post('/dock/clock', { advanceMs: Number(button.dataset.advance) }));
}
let shown = '';
function show(state) {
  for (const input of knobs.elements) {
    if (!state.knobs || !input.name) continue;
    if (input.type === 'checkbox') input.checked = state.knobs[input.name];
    if (input.type === 'radio') input.checked = state.knobs.paper === input.value;
  }
  document.getElementById('clock').textContent = 'The office clock is ' + Math.round(state.clockAheadMs / 60000) + ' min ahead.';
  const key = state.slips.map((slip) => slip.at).join();
  if (key === shown) return;
  shown = key;
  document.getElementById('slips').replaceChildren(...state.slips.slice(-6).reverse().map((slip) => {
    const figure = document.createElement('figure');
    const image = document.createElement('img');
    image.src = '/dock/slips/' + slip.index + '.png?' + slip.at;
    image.alt = 'Slip printed at ' + new Date(slip.at).toLocaleTimeString('en-GB');
    const caption = document.createElement('figcaption');
    caption.textContent = new Date(slip.at).toLocaleTimeString('en-GB') + ', ' + slip.bytes + ' bytes';
    figure.append(image, caption);
    return figure;
  }));
}
const look = () => fetch('/dock/state').then((r) => r.json()).then(show).catch(() => undefined);
look();
setInterval(look, 1500);
</script>
</html>
`;
