"""What can be measured of a page's accessibility in a real browser, in the manner of axe and without it."""

from typing import Any, Final

from selenium.webdriver import Chrome

CONTRAST_ASKED: Final = 7.0

_FAULTS: Final = """
const faults = [];
const named = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '');
const name = (e) => named(e) + ' ' + (e.textContent || '').trim().slice(0, 40);
const shown = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
const channels = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
const linear = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const ground = (e) => {
  for (let at = e; at; at = at.parentElement) {
    const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
    if (a === 1) return [r, g, b];
    if (a > 0) faults.push('half transparent ground: ' + name(at));
  }
  return [255, 255, 255];
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !shown(e)) continue;
  const style = getComputedStyle(e);
  const ink = channels(e.closest('svg') ? style.fill : style.color);
  const found = contrast(ink, ground(e));
  if (found < arguments[0]) faults.push(`contrast ${found.toFixed(2)}: ${name(e)}`);
  if (parseFloat(style.fontSize) < 13) faults.push(`letters of ${style.fontSize}: ${name(e)}`);
}
if (!document.documentElement.lang) faults.push('no language');
if (!document.title.trim()) faults.push('no title');
if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
let level = 0;
for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
  const mine = Number(h.tagName[1]);
  if (mine > level + 1) faults.push('heading skips a level: ' + name(h));
  level = mine;
}
const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('id twice: ' + id);
for (const e of document.querySelectorAll('[aria-labelledby],[aria-describedby]'))
  for (const id of (e.getAttribute('aria-labelledby') || e.getAttribute('aria-describedby')).split(' '))
    if (!document.getElementById(id)) faults.push('refers to nothing: ' + id);
for (const e of document.querySelectorAll('input:not([type=hidden]),select,textarea'))
  if (!e.labels.length && !e.ariaLabel) faults.push('field without a label: ' + name(e));
for (const e of document.querySelectorAll('a,button,summary'))
  if (!(e.textContent.trim() || e.ariaLabel)) faults.push('control without a name: ' + e.outerHTML.slice(0, 60));
for (const e of document.querySelectorAll('a[href],button,input:not([type=hidden]),summary')) {
  if (!shown(e)) continue;
  const box = e.getBoundingClientRect();
  if (box.height < 18 || box.width < 18) faults.push(`target of ${box.width}x${box.height}: ${name(e)}`);
}
for (const table of document.querySelectorAll('table'))
  for (const row of table.rows)
    for (const cell of row.cells)
      if (cell.tagName === 'TH' && !['col', 'row'].includes(cell.scope)) faults.push('no scope: ' + name(cell));
for (const table of document.querySelectorAll('table'))
  if (!table.tHead || !table.tHead.querySelector('th')) faults.push('table without headers');
for (const e of document.querySelectorAll('svg'))
  if (e.ariaHidden !== 'true' && !(e.getAttribute('role') === 'img' && e.ariaLabel)) faults.push('nameless picture');
for (const e of document.querySelectorAll('*')) {
  const over = getComputedStyle(e).overflowX;
  if ((over === 'auto' || over === 'scroll') && e.scrollWidth > e.clientWidth && e.tabIndex < 0)
    faults.push('scrolls, and no key reaches it: ' + name(e));
}
if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
return faults;
"""


def accessibility_faults(browser: Chrome, *, contrast: float = CONTRAST_ASKED) -> list[str]:
    """Return what is wrong with the page that the browser shows: contrast, labels, headers, landmarks, targets.

    Args:
        browser: with the page, in the size to be judged.
        contrast: least ratio between letters and their ground (EN 301 549, 9.1.4.6: 7).
    """
    found: Any = browser.execute_script(_FAULTS, contrast)
    return [str(fault) for fault in found]
