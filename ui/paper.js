// A chart keeps the width it had on the screen, so that on paper its right end, where the figures
// stand, would be cut off: before a page is printed, each learns how much smaller it has to be.

const PAPER = 680; // pixels between the margins of an A4 sheet, see look.css
const DRAWN = '[data-testid=stPlotlyChart], [data-testid=stDataFrame]';

addEventListener('beforeprint', () => {
  for (const chart of document.querySelectorAll(DRAWN)) {
    const wide = Math.max(chart.offsetWidth, chart.querySelector('.main-svg')?.clientWidth ?? 0);
    chart.style.setProperty('--paper', Math.min(PAPER / (wide || PAPER), 1));
  }
});
