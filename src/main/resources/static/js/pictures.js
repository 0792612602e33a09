/* Draws the pictures of a case. Everything in them also stands in a table beside them: without this file nothing is lost. */
(function () {
  'use strict';

  const narrow = () => document.documentElement.clientWidth < 600;

  /* For whoever waits for it. */
  function drawn(figure) {
    figure.dataset.drawn = '';
  }

  function dutch() {
    const language = document.documentElement.lang;
    const names = (style, of) => of.map((day) => new Intl.DateTimeFormat(language, style).format(day));
    const months = Array.from({ length: 12 }, (x, i) => new Date(2024, i, 1));
    const days = Array.from({ length: 7 }, (x, i) => new Date(2024, 0, 7 + i));
    return { dateTime: '%A %e %B %Y, %H:%M', date: '%d-%m-%Y', time: '%H:%M', periods: ['', ''],
      days: names({ weekday: 'long' }, days), shortDays: names({ weekday: 'short' }, days),
      months: names({ month: 'long' }, months), shortMonths: names({ month: 'short' }, months) };
  }

  /* On a narrow screen a name takes more lines. */
  function lines(name) {
    return narrow() ? name.split(' ').reduce((text, word) => text + (text && (text + word).length - text.lastIndexOf('|') > 15 ? '|' : text ? ' ' : '') + word, '') : name;
  }

  /* One row for each level, holder and body; kinds differ in darkness, hatching in outline, and each row says its name. */
  function timeline(data, words) {
    const label = narrow() ? 120 : 230;
    data.rows = data.rows.map(lines);
    data.bars.concat(data.marks).forEach((each) => { each.row = lines(each.row); });
    const moments = data.bars.flatMap((bar) => [bar.from, bar.to]).map((moment) => new Date(moment).getTime());
    const days = (Math.max(...moments) - Math.min(...moments)) / 86400000;
    const kinds = ['level', 'lead', 'provisional', 'nobody', 'agency'];
    const y = { field: 'row', type: 'nominal', sort: data.rows, title: null,
      axis: { labelLimit: label, labelPadding: 8, labelExpr: "split(datum.label, '|')", labelBaseline: 'middle', labelFontSize: 14, ticks: false, domain: false, grid: true, gridColor: '#d8dde3' } };
    const x = { type: 'temporal', title: null, axis: { labelFontSize: 13, format: days < 2 ? '%-d %b %H:%M' : '%-d %b', tickCount: days >= 2 && days < (narrow() ? 4 : 12) ? 'day' : narrow() ? 2 : 8, labelOverlap: true } };
    const layers = [
      { data: { values: data.bars }, mark: { type: 'bar', height: 16, strokeWidth: 1.5, cornerRadius: 2, minWidth: 3 },
        encoding: { y: y, x: Object.assign({ field: 'from' }, x), x2: { field: 'to' }, tooltip: { field: 'what' },
          fill: { field: 'kind', type: 'nominal', legend: null, scale: { domain: kinds, range: ['#123a63', '#2f6aa8', '#ffffff', '#ffffff', '#a9c4e0'] } },
          stroke: { field: 'kind', type: 'nominal', legend: null, scale: { domain: kinds, range: ['#123a63', '#2f6aa8', '#2f6aa8', '#a4262c', '#123a63'] } },
          strokeDash: { field: 'kind', type: 'nominal', legend: null, scale: { domain: kinds, range: [[1, 0], [1, 0], [4, 2], [4, 2], [1, 0]] } } } },
      { data: { values: data.marks }, mark: { type: 'point', filled: true, size: 110, opacity: 1 },
        encoding: { y: y, x: Object.assign({ field: 'at' }, x), tooltip: { field: 'what' },
          shape: { field: 'agreed', type: 'nominal', legend: null, scale: { domain: [true, false], range: ['circle', 'cross'] } },
          color: { field: 'agreed', type: 'nominal', legend: null, scale: { domain: [true, false], range: ['#1b5e20', '#a4262c'] } } } }
    ];
    const rule = (at, text, dash, color) => {
      const point = { data: { values: [{ at: at, text: text }] } };
      layers.push(Object.assign({ mark: { type: 'rule', strokeDash: dash, strokeWidth: 2, color: color }, encoding: { x: Object.assign({ field: 'at' }, x) } }, point));
      layers.push(Object.assign({ mark: { type: 'text', baseline: 'bottom', align: { expr: 'width < scale("x", toDate(datum.at)) + 60 ? "right" : "center"' }, dy: -2, fontSize: 13, color: color },
        encoding: { x: Object.assign({ field: 'at' }, x), y: { value: 0 }, text: { field: 'text' } } }, point));
    };
    if (data.event) {
      rule(data.event, words.event, [6, 3], '#a4262c');
    }
    return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 'container', height: { step: narrow() ? 40 : 30 },
      padding: { left: 2, right: 6, top: 6, bottom: 2 }, autosize: { type: 'fit-x', contains: 'padding' },
      config: { font: getComputedStyle(document.body).fontFamily, view: { stroke: null } }, layer: layers };
  }

  async function drawTimeline(figure) {
    await draw(figure, timeline(JSON.parse(figure.dataset.drawing), figure.dataset));
  }

  async function draw(figure, picture) {
    const place = figure.querySelector('.drawing');
    const spec = vegaLite.compile(picture).spec;
    vega.timeFormatLocale(dutch());
    vega.formatLocale(document.documentElement.lang.startsWith('nl') ? { decimal: ',', thousands: '.', grouping: [3], currency: ['€ ', ''] } : { decimal: '.', thousands: ',', grouping: [3], currency: ['€', ''] });
    const view = new vega.View(vega.parse(spec, null, { ast: true }),
      { expr: vega.expressionInterpreter, renderer: 'svg', container: place });
    await view.runAsync();
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', figure.dataset.title);
    place.querySelector('svg').setAttribute('aria-hidden', 'true');
    drawn(figure);
  }

  /* Bars beside the names of what they count, with the number at the end; what is hidden is not in them. */
  function bars(rows, unit) {
    const y = { field: 'name', type: 'nominal', sort: rows.map((row) => row.name), title: null,
      axis: { labelLimit: narrow() ? 130 : 330, labelPadding: 8, labelExpr: "split(datum.label, '|')", labelBaseline: 'middle', labelFontSize: 14, ticks: false, domain: false } };
    const x = { field: 'value', type: 'quantitative', title: unit, axis: { labelFontSize: 13, titleFontSize: 13, tickMinStep: 1, tickCount: narrow() ? 3 : 6, grid: true, gridColor: '#d8dde3' } };
    return { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', width: 'container', height: { step: Math.max(narrow() ? 52 : 34, 18 * Math.max(...rows.map((row) => row.name.split('|').length)) + 6) },
      padding: { left: 2, right: 36, top: 6, bottom: 2 }, autosize: { type: 'fit-x', contains: 'padding' }, data: { values: rows },
      config: { font: getComputedStyle(document.body).fontFamily, view: { stroke: null } }, encoding: { y: y, x: x },
      layer: [{ mark: { type: 'bar', height: 20, color: '#2f6aa8', cornerRadius: 2 } },
        { mark: { type: 'text', align: 'left', dx: 5, fontSize: 14, clip: false }, encoding: { text: { field: 'value', format: rows.some((row) => row.value % 1 > 0) ? '.1f' : ',d' } } }] };
  }

  async function drawBars(figure) {
    const rows = JSON.parse(figure.dataset.drawing).map((row) => ({ name: lines(row.name), value: row.value }));
    await draw(figure, bars(rows, figure.dataset.unit));
  }

  /* Which flows were gone: into a node with one way in, when the node was passed; into a junction, what is left over. */
  function gone(registry, times) {
    const passed = (id) => times.get(id) || 0;
    const certain = (flow) => flow.target.incoming.filter((each) => each.type === 'bpmn:SequenceFlow').length === 1;
    const out = (node) => node.outgoing.filter((each) => each.type === 'bpmn:SequenceFlow');
    return registry.filter((each) => each.type === 'bpmn:SequenceFlow' && !each.labelTarget).filter((flow) => {
      if (certain(flow)) {
        return passed(flow.target.id) > 0 && passed(flow.source.id) > 0;
      }
      const taken = flow.source.type === 'bpmn:ParallelGateway' ? 0
        : out(flow.source).filter((each) => each !== flow && certain(each)).reduce((sum, each) => sum + passed(each.target.id), 0);
      return passed(flow.target.id) > 0 && passed(flow.source.id) > taken;
    });
  }

  const models = new Map();

  function model(address) {
    if (!models.has(address)) {
      models.set(address, fetch(address).then((answer) => {
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return answer.text();
      }));
    }
    return models.get(address);
  }

  async function drawPath(figure, viewer, walked) {
    const xml = await model('/modellen/' + encodeURIComponent(walked.key) + '/' + walked.version);
    await viewer.importXML(xml);
    const canvas = viewer.get('canvas');
    const registry = viewer.get('elementRegistry');
    const overlays = viewer.get('overlays');
    const times = new Map(walked.nodes.map((node) => [node.id, node.times]));
    registry.forEach((each) => {
      if (each.type !== 'bpmn:Process' && each.type !== 'label' && each.type !== 'bpmn:SubProcess' && !each.labelTarget) {
        canvas.addMarker(each, 'not-walked');
      }
    });
    walked.nodes.filter((node) => registry.get(node.id)).forEach((node) => {
      canvas.removeMarker(node.id, 'not-walked');
      canvas.addMarker(node.id, node.open > 0 && registry.get(node.id).type !== 'bpmn:SubProcess' ? 'is-here' : 'walked');
      if (node.label) {
        const note = document.createElement('span');
        note.className = 'walked-note';
        note.textContent = node.label;
        const small = registry.get(node.id).width < 60;
        overlays.add(node.id, { position: small ? { top: -12, right: 8 } : { bottom: 6, left: 4 }, html: note });
      }
    });
    gone(registry, times).forEach((flow) => {
      canvas.removeMarker(flow, 'not-walked');
      canvas.addMarker(flow, 'walked');
    });
    fit(viewer, walked);
    drawn(figure);
  }

  /* The whole model; where that would be too small to read, the place where the case is, at a size that can be read. */
  function fit(viewer, walked) {
    const canvas = viewer.get('canvas');
    canvas.zoom('fit-viewport', 'auto');
    if (canvas.zoom() < 0.5) {
      const registry = viewer.get('elementRegistry');
      const there = walked.nodes.map((node) => ({ open: node.open, place: registry.get(node.id) })).filter((node) => node.place && node.place.type !== 'bpmn:SubProcess');
      const here = (there.filter((node) => node.open > 0).pop() || there[there.length - 1]).place;
      const all = canvas.viewbox().inner;
      const size = canvas.getSize();
      const box = { width: size.width / 0.65, height: size.height / 0.65 };
      const within = (at, begin, length, window) => Math.max(begin - 20, Math.min(at - window / 2, begin + length + 20 - window));
      canvas.viewbox(Object.assign(box, { x: within(here.x + here.width / 2, all.x, all.width, box.width), y: within(here.y + here.height / 2, all.y, all.height, box.height) }));
    }
  }

  async function startPath(figure) {
    const drawing = JSON.parse(figure.dataset.drawing);
    const place = figure.querySelector('.drawing');
    const viewer = new BpmnJS({ container: place });
    place.querySelectorAll('svg').forEach((svg) => { svg.setAttribute('focusable', 'false'); });
    let current = drawing[0];
    const show = async (walked) => {
      current = walked;
      figure.querySelectorAll('[data-model]').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.model === walked.key + '/' + walked.version)));
      try {
        await drawPath(figure, viewer, walked);
      }
      catch (problem) {
        place.hidden = true;
        figure.querySelector('.not-drawn').hidden = false;
      }
    };
    const named = (key) => drawing.filter((each) => each.key === key).pop();
    figure.querySelectorAll('[data-model]').forEach((button, nth) => button.addEventListener('click', () => show(drawing[nth])));
    figure.querySelectorAll('[data-zoom]').forEach((button) => button.addEventListener('click', () => {
      const canvas = viewer.get('canvas');
      if (button.dataset.zoom === 'fit') {
        canvas.zoom('fit-viewport', 'auto');
      }
      else {
        canvas.zoom(canvas.zoom() * Number(button.dataset.zoom));
      }
    }));
    place.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (step && event.target === place) {
        viewer.get('canvas').scroll({ dx: step[0], dy: step[1] });
        event.preventDefault();
      }
    });
    viewer.get('eventBus').on('element.click', (event) => {
      const called = event.element.businessObject.calledElement;
      if (called && named(called)) {
        show(named(called));
      }
    });
    figure.querySelector('.tools').hidden = false;
    await show(current);
  }

  function start() {
    document.querySelectorAll('figure.timeline').forEach((figure) => drawTimeline(figure));
    document.querySelectorAll('figure.counts').forEach((figure) => drawBars(figure));
    const paths = document.querySelectorAll('figure.path');
    const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen.unobserve(entry.target);
      startPath(entry.target);
    }), { rootMargin: '300px' });
    paths.forEach((figure) => seen.observe(figure));
  }

  start();
}());
