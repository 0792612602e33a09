/* Draws how many organisations take part. All of it also stands in the table beside it. */
(function () {
  'use strict';

  const narrow = () => document.documentElement.clientWidth < 600;

  function spec(months, words) {
    const kinds = [words.municipalities, words.agencies];
    const values = months.flatMap((each) => [
      { month: each.month + '-01', kind: kinds[0], count: each.municipalities },
      { month: each.month + '-01', kind: kinds[1], count: each.agencies }]);
    return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 'container', height: 220, data: { values: values },
      padding: { left: 2, right: 10, top: 8, bottom: 2 }, autosize: { type: 'fit-x', contains: 'padding' },
      config: { font: getComputedStyle(document.body).fontFamily, view: { stroke: null } },
      mark: { type: 'line', interpolate: 'step-after', strokeWidth: 3, point: { size: 50 } },
      encoding: {
        x: { field: 'month', type: 'temporal', title: null, axis: { format: '%m-%Y', labelFontSize: 13, tickCount: narrow() ? 3 : 8, labelOverlap: true, grid: false } },
        y: { field: 'count', type: 'quantitative', title: null, scale: { zero: true }, axis: { labelFontSize: 13, tickMinStep: 1, tickCount: 5, gridColor: '#d8dde3' } },
        color: { field: 'kind', type: 'nominal', legend: null, scale: { domain: kinds, range: ['#123a63', '#a4262c'] } },
        strokeDash: { field: 'kind', type: 'nominal', legend: null, scale: { domain: kinds, range: [[1, 0], [6, 3]] } } } };
  }

  document.querySelectorAll('figure.growth').forEach(async (figure) => {
    const place = figure.querySelector('.drawing');
    const compiled = vegaLite.compile(spec(JSON.parse(figure.dataset.drawing), figure.dataset)).spec;
    await new vega.View(vega.parse(compiled, null, { ast: true }),
      { expr: vega.expressionInterpreter, renderer: 'svg', container: place }).runAsync();
    place.tabIndex = 0;
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', figure.dataset.title);
    place.querySelector('svg').setAttribute('aria-hidden', 'true');
  });
}());
