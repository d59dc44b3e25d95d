// Plays the pictures that the page carries, and computes their numbers again when some are edited.
// Everything that stands in the pictures was drawn by Stridescope: a frame is a list of marks, a text
// is a list of parts, and a part may be a quantity: a number that follows from input, kernel and bias.
'use strict';
(() => {
  const play = JSON.parse(document.getElementById('play').textContent);
  const svgNamespace = 'http://www.w3.org/2000/svg';
  const byId = (id) => document.getElementById(id);
  const words = play.words;

  // --- Numbers as Stridescope writes them ---------------------------------------------------------

  // 0.d1d2d3… × 10^power, the shortest that names this float32; no digits for 0.
  function decimalOf(value) {
    if (value === 0) return {negative: false, digits: '', power: 0};
    const size = Math.abs(value);
    for (let count = 1; ; ++count) {
      const text = size.toExponential(count - 1);
      if (count < 17 && Math.fround(Number(text)) !== size) continue;
      const [mantissa, exponent] = text.split('e');
      return {
        negative: value < 0,
        digits: mantissa.replace('.', '').replace(/0+$/, ''),
        power: Number(exponent) + 1,
      };
    }
  }

  // A half goes away from zero, as on paper.
  function rounded(decimal, count) {
    if (decimal.digits.length <= count) return decimal;
    let digits = decimal.digits.slice(0, count);
    let power = decimal.power;
    if (decimal.digits[count] >= '5') {
      digits = digits.replace(/9+$/, '');
      if (digits === '') {
        digits = '1';
        ++power;
      } else {
        digits = digits.slice(0, -1) + (Number(digits[digits.length - 1]) + 1);
      }
    }
    return {negative: decimal.negative, digits: digits.replace(/0+$/, ''), power};
  }

  // Numbers between 0.0001 and 9999999 are written without an exponent, their whole part in full.
  const leastPlainPower = -3;
  const mostPlainPower = 7;

  function shown(value, count) {
    const decimal = decimalOf(value);
    const whole = decimal.power > 0 && decimal.power <= mostPlainPower;
    return rounded(decimal, whole ? Math.max(count, decimal.power) : count);
  }

  function written({negative, digits, power}) {
    if (digits === '') return '0';
    const sign = negative ? '−' : '';
    if (power < leastPlainPower || power > mostPlainPower) {
      const exponent = power - 1;
      const fraction = digits.length > 1 ? play.decimalSign + digits.slice(1) : '';
      return sign + digits[0] + fraction + 'e' + (exponent < 0 ? '−' : '') + Math.abs(exponent);
    }
    if (power <= 0) return sign + '0' + play.decimalSign + '0'.repeat(-power) + digits;
    if (power >= digits.length) return sign + digits + '0'.repeat(power - digits.length);
    return sign + digits.slice(0, power) + play.decimalSign + digits.slice(power);
  }

  function numberText(value, count) {
    return Number.isFinite(value) ? written(shown(value, count)) : '∞';
  }

  function isExact(value, count) {
    return shown(value, count).digits === decimalOf(value).digits;
  }

  function powerOfTen(value) {
    const {digits, power} = decimalOf(value);
    let digit = Number(digits[0]);
    let exponent = power - 1;
    if (digits.length > 1 && digits[1] >= '5') ++digit;
    if (digit === 10) {
      digit = 1;
      ++exponent;
    }
    return (value < 0 ? '−' : '') + digit + 'e' + (exponent < 0 ? '−' : '') + Math.abs(exponent);
  }

  // In at most so many characters, with fewer digits first, then as a power of ten; or not at all.
  function cutNumber(value, characters, most) {
    if (!Number.isFinite(value)) return '∞';
    const whole = value === Math.trunc(value);
    if (!whole && characters < (value < 0 ? 4 : 3) && Math.abs(value) < 1) return '';
    for (let kept = most === 0 ? 7 : most; kept > 0; --kept) {
      const text = numberText(value, kept);
      if (text.length <= characters) return text;
      if (whole && !text.includes('e')) break;
    }
    const size = Math.abs(value);
    if (size >= 1 && size < 1e5) return '';
    const text = powerOfTen(value);
    return text.length <= characters ? text : '';
  }

  // A typed number as float32, or NaN.
  function numberIn(text) {
    const plain = text.trim().replace('−', '-').replace(',', '.');
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
    const value = Math.fround(Number(plain));
    return Number.isFinite(value) ? value : NaN;
  }

  // --- The layer's arithmetic ---------------------------------------------------------------------

  const live = play.live;
  let numbers = null;  // {input, kernel, bias}: what can be edited
  let known = [];      // values of quantities, until the next edit
  let edited = false;

  // Σ of positive terms: accurate everywhere, and 1 long before it is slow.
  function erf(x) {
    const size = Math.abs(x);
    if (size > 6) return Math.sign(x);
    let term = size;
    let sum = size;
    for (let n = 1; term > sum * 1e-18 && n < 300; ++n) {
      term *= 2 * size * size / (2 * n + 1);
      sum += term;
    }
    return Math.sign(x) * 2 / Math.sqrt(Math.PI) * Math.exp(-size * size) * sum;
  }
  const sigmoid = (x) => 1 / (1 + Math.exp(-x));
  const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  const activations = {
    linear: (x) => x,
    relu: (x) => Math.max(x, 0),
    relu6: (x) => Math.min(Math.max(x, 0), 6),
    leaky_relu: (x) => (x < 0 ? 0.2 * x : x),
    elu: (x) => (x < 0 ? Math.expm1(x) : x),
    selu: (x) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x),
    sigmoid,
    hard_sigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
    tanh: Math.tanh,
    softplus,
    softsign: (x) => x / (1 + Math.abs(x)),
    swish: (x) => x * sigmoid(x),
    gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
    exponential: Math.exp,
    mish: (x) => x * Math.tanh(softplus(x)),
  };
  const [inputKind, weightKind, biasKind, sumKind, greatestInput, greatestWeight] = [0, 1, 2, 3, 4, 5];
  const [linearPart, , activated] = [0, 1, 2];

  // In double, tap by tap in the engine's order, the bias first; rounded once to float32.
  function sumOf(cell, begin, end, channel, after) {
    let sum = after === linearPart ? 0 : numbers.bias;
    const taps = live.taps[cell];
    for (let i = begin; i < end; ++i) {
      const [input, weight] = taps[i];
      if (channel >= 0 && input % live.channels !== channel) continue;
      sum += (live.kernel.length > 0 ? numbers.kernel[weight] : weight) * numbers.input[input];
    }
    sum = Math.fround(sum);
    return after === activated ? Math.fround(activations[live.activation](sum)) : sum;
  }

  // Of nothing but zeros, as Stridescope shades them.
  const leastGreatest = Math.fround(1e-30);

  function greatestOf(values, channel) {
    let greatest = leastGreatest;
    values.forEach((value, i) => {
      if (channel < 0 || i % live.channels === channel) greatest = Math.max(greatest, Math.abs(value));
    });
    return greatest;
  }

  function compute(quantity) {
    const [kind, first, begin, end, channel, after] = quantity;
    if (kind === inputKind) return numbers.input[first];
    if (kind === weightKind) return numbers.kernel[first];
    if (kind === biasKind) return numbers.bias;
    if (kind === sumKind) return sumOf(first, begin, end, channel, after);
    if (kind === greatestInput) return greatestOf(numbers.input, first);
    if (kind === greatestWeight) return greatestOf(numbers.kernel, first);
    return live.taps.reduce(
        (most, taps, cell) => Math.max(most, Math.abs(sumOf(cell, 0, taps.length, -1, after))), leastGreatest);
  }

  function valueOf(index) {
    if (known[index] === undefined) known[index] = compute(play.quantities[index]);
    return known[index];
  }

  // A part is its text, or ["number" | "said" | "cut" | "sign", quantities, digits, characters, text].
  function textOf(part) {
    if (typeof part === 'string') return part;
    const [kind, of, digits, characters, own] = part;
    if (!edited) return own;
    if (kind === 'sign') return of.every((index) => isExact(valueOf(index), digits)) ? '=' : '≈';
    const value = valueOf(of[0]);
    if (kind === 'cut') return cutNumber(value, characters, digits);
    const text = numberText(value, digits);
    return kind === 'said' && !isExact(value, digits) ? '≈ ' + text : text;
  }
  const joined = (parts) => parts.map(textOf).join('');

  // --- Marks as SVG ---------------------------------------------------------------------------------

  const picture = byId('picture');
  function element(name, attributes, parent) {
    const made = document.createElementNS(svgNamespace, name);
    for (const key of Object.keys(attributes)) {
      if (attributes[key] !== undefined) made.setAttribute(key, attributes[key]);
    }
    if (parent) parent.appendChild(made);
    return made;
  }
  const colour = (ink) => (ink ? `var(--${ink[0]})` : 'none');
  function paint(node, fill, line) {
    node.style.fill = colour(fill);
    node.style.fillOpacity = fill ? fill[1] : 1;
    if (!line) return;
    node.style.stroke = colour(line);
    node.style.strokeOpacity = line[1];
    node.style.strokeWidth = line[2];
    if (line[3]) node.style.strokeDasharray = line[3];
  }

  const hatchings = {};
  function hatchingOf(role) {
    if (!hatchings[role]) {
      hatchings[role] = 'hatch-' + role;
      const pattern = element('pattern', {
        id: hatchings[role], width: 6, height: 6, patternUnits: 'userSpaceOnUse',
      }, definitions);
      const path = element('path', {d: 'M-1 1L1 -1M0 6L6 0M5 7L7 5'}, pattern);
      paint(path, null, [role, 1, 1.2]);
    }
    return `url(#${hatchings[role]})`;
  }

  // Each maker returns the node and what brings it up to date after an edit.
  const makers = {
    box(mark) {
      const [x, y, width, height] = mark.rect;
      const node = element('g', {});
      const place = {x, y, width, height, rx: mark.radius};
      const ground = element('rect', place, node);
      const hatched = mark.hatch || mark.shade ? element('rect', place, node) : null;
      if (hatched) hatched.style.fill = hatchingOf((mark.hatch || mark.shade.hatch)[0]);
      const edge = mark.line ? element('rect', place, node) : null;
      if (edge) paint(edge, null, mark.line);
      if (mark.cell) node.dataset.cell = mark.cell;
      const update = () => {
        let fill = mark.fill;
        let isHatched = Boolean(mark.hatch);
        if (edited && mark.own) fill = null;
        if (edited && mark.shade) {
          const {greatest, most, strength} = mark.shade;
          const size = greatest.reduce((product, index) => product * valueOf(index), 1);
          const value = valueOf(mark.value);
          const part = Math.min(Math.abs(value) / Math.max(size, 1e-30), 1);
          fill = [mark.fill[0], strength * (play.leastShade + (most - play.leastShade) * part)];
          isHatched = value < 0;
        }
        paint(ground, fill, null);
        if (hatched) {
          hatched.style.fillOpacity = (mark.hatch || mark.shade.hatch)[1];
          hatched.style.display = isHatched ? '' : 'none';
        }
      };
      if (mark.edit !== undefined) makeEditable(node, mark);
      return {node, update};
    },
    line(mark) {
      const node = element('g', {});
      paint(element('polyline', {points: mark.points}, node), null, mark.line);
      if (mark.head) paint(element('polygon', {points: mark.head}, node), mark.line, null);
      return {node, update() {}};
    },
    image(mark) {
      const [x, y, width, height] = mark.rect;
      const node = element('image', {x, y, width, height, preserveAspectRatio: 'none', href: mark.data});
      node.style.imageRendering = 'pixelated';
      return {node, update() {}};
    },
    label(mark) {
      const node = element('g', {});
      const lines = mark.lines.map(([x, y, spans]) => {
        const text = element('text', {x, y, 'text-anchor': mark.anchor, 'font-size': mark.size}, node);
        return {text, spans: spans.map((span) => {
          const made = element('tspan', {dy: span.dy, 'font-weight': span.weight}, text);
          if (span.mono) made.setAttribute('class', 'mono');
          paint(made, span.ink, null);
          return {made, parts: span.parts};
        })};
      });
      const update = () => {
        node.style.display = edited && mark.own ? 'none' : '';
        for (const line of lines) {
          for (const {made, parts} of line.spans) made.textContent = joined(parts);
        }
      };
      // In another font, or with longer numbers, a line that had room shrinks as it would have then.
      const fit = () => {
        if (!mark.room) return;
        for (const {text} of lines) {
          text.setAttribute('font-size', mark.size);
          const length = text.getComputedTextLength();
          if (length > mark.room * 1.01) {
            text.setAttribute('font-size', Math.max(0.6, mark.room / length) * mark.size);
          }
        }
      };
      return {node, update, fit};
    },
  };

  picture.setAttribute('viewBox', play.viewBox.join(' '));
  byId('stage').style.maxWidth = play.viewBox[2] * play.scale + 'px';
  const definitions = element('defs', {}, picture);
  const ground = element('rect', {
    x: play.viewBox[0], y: play.viewBox[1], width: play.viewBox[2], height: play.viewBox[3],
  }, picture);
  paint(ground, ['paper', 1], null);
  const layer = element('g', {}, picture);

  // A frame changes the list of marks of the one before: [from, how many go, those that come …].
  const frames = [];
  play.frames.forEach((frame, i) => {
    const marks = i === 0 ? [] : frames[i - 1].marks.slice();
    for (const [from, count, ...come] of frame.changes) marks.splice(from, count, ...come);
    frames.push({marks, milliseconds: frame.ms, step: frame.step, resting: frame.rest,
      title: frame.title, description: frame.description});
  });
  const restOf = [];  // the frame at which so many steps are done
  frames.forEach((frame, i) => {
    if (frame.resting && restOf[frame.step] === undefined) restOf[frame.step] = i;
  });
  const firstStep = frames[0].step;
  const lastStep = frames[frames.length - 1].step;

  let drawn = [];  // {mark, node, update} in the order of the picture
  let now = 0;     // frame

  function draw() {
    const spare = new Map();
    for (const item of drawn) {
      if (!spare.has(item.mark)) spare.set(item.mark, []);
      spare.get(item.mark).push(item);
    }
    const fresh = [];
    drawn = frames[now].marks.map((mark) => {
      const same = spare.get(mark);
      if (same && same.length > 0) return same.shift();
      const item = Object.assign({mark}, makers[play.marks[mark].kind](play.marks[mark]));
      item.update();
      fresh.push(item);
      return item;
    });
    for (const rest of spare.values()) for (const item of rest) item.node.remove();
    let next = layer.firstChild;
    for (const item of drawn) {
      if (item.node === next) next = next.nextSibling;
      else layer.insertBefore(item.node, next);
    }
    for (const item of fresh) if (item.fit) item.fit();
  }

  function redraw() {
    for (const item of drawn) item.update();
    for (const item of drawn) if (item.fit) item.fit();
  }

  // --- Playing --------------------------------------------------------------------------------------

  const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  const scrub = byId('scrub');
  let playing = false;
  let since = 0;  // when the frame was shown, ms
  let speed = play.speed;

  function sentence() {
    const frame = frames[now];
    const say = (told) => (told && !(edited && told.own) ? joined(told.parts) : '');
    const title = say(play.told[frame.title]);
    const said = [title && title + '.', say(play.told[frame.description])];
    if (edited) said.push(words.edited);
    return said.filter(Boolean).join(' ');
  }

  function show(frame) {
    now = Math.min(Math.max(frame, 0), frames.length - 1);
    draw();
    const step = frames[now].step;
    scrub.value = step;
    const phase = play.phases.filter((one) => one.first < step).pop();
    const counter = [phase && phase.name, play.counters[step]].filter(Boolean).join(' · ');
    byId('counter').textContent = counter;
    scrub.setAttribute('aria-valuetext', counter);
    if (frames[now].resting) {
      const said = sentence();
      picture.setAttribute('aria-label', said);
      if (!playing || now === frames.length - 1) byId('spoken').textContent = said;
    }
  }

  function setPlaying(on) {
    playing = on;
    const button = byId('play-pause');
    button.querySelector('path').setAttribute('d', on ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 3v10l9-5z');
    button.setAttribute('aria-label', on ? words.pause : words.play);
    button.title = (on ? words.pause : words.play) + ' (Space)';
    if (!on) {
      byId('spoken').textContent = sentence();
      return;
    }
    closeEditor();
    if (now === frames.length - 1) show(0);
    since = performance.now();
    requestAnimationFrame(advance);
  }

  function advance(time) {
    if (!playing) return;
    let next = now;
    while (time - since >= frames[next].milliseconds / speed) {
      if (next === frames.length - 1) {
        if (byId('loop').checked) {
          since = time;
          next = 0;
          break;
        }
        show(next);
        setPlaying(false);
        return;
      }
      since += frames[next].milliseconds / speed;
      ++next;
    }
    while (stillness.matches && !frames[next].resting) --next;
    if (next !== now) show(next);
    requestAnimationFrame(advance);
  }

  function goTo(step) {
    if (playing) setPlaying(false);
    closeEditor();
    show(restOf[Math.min(Math.max(step, firstStep), lastStep)]);
  }
  const stepNow = () => frames[now].step;
  const stepBack = () => goTo(frames[now].resting ? stepNow() - 1 : stepNow());
  function stepPhase(direction) {
    const ends = [firstStep, ...play.phases.map((phase) => phase.first), lastStep]
        .filter((step) => step >= firstStep && step <= lastStep);
    const further = ends.filter((step) => (direction > 0 ? step > stepNow() : step < stepNow()));
    goTo(direction > 0 ? Math.min(...further, lastStep) : Math.max(...further, firstStep));
  }

  const speeds = [0.25, 0.5, 1, 2, 4, 8];
  if (!speeds.includes(speed)) speeds.push(speed);
  speeds.sort((a, b) => a - b);
  for (const one of speeds) {
    const option = document.createElement('option');
    option.value = one;
    option.textContent = numberText(Math.fround(one), 4) + ' ×';
    byId('speed').appendChild(option);
  }
  function setSpeed(index) {
    const from = Math.min(Math.max(index, 0), speeds.length - 1);
    speed = speeds[from];
    byId('speed').selectedIndex = from;
  }
  setSpeed(speeds.indexOf(speed));
  byId('speed').addEventListener('change', () => setSpeed(byId('speed').selectedIndex));
  byId('loop').checked = play.loops;

  byId('first').addEventListener('click', () => goTo(firstStep));
  byId('back').addEventListener('click', stepBack);
  byId('play-pause').addEventListener('click', () => setPlaying(!playing));
  byId('forward').addEventListener('click', () => goTo(stepNow() + 1));
  byId('last').addEventListener('click', () => goTo(lastStep));
  scrub.min = firstStep;
  scrub.max = lastStep;
  scrub.addEventListener('input', () => goTo(Number(scrub.value)));

  // The keys of the program's own timeline, and those that presenters' clickers send.
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const types = target.tagName === 'SELECT' || target.tagName === 'SUMMARY' ||
        (target.tagName === 'INPUT' && target.type === 'text');
    if (types) return;
    const presses = target.tagName === 'BUTTON' ||
        (target.tagName === 'INPUT' && target.type === 'checkbox');
    const keys = {
      ' ': presses ? null : () => setPlaying(!playing),
      ArrowRight: () => (event.shiftKey ? stepPhase(1) : goTo(stepNow() + 1)),
      ArrowLeft: () => (event.shiftKey ? stepPhase(-1) : stepBack()),
      PageDown: () => goTo(stepNow() + 1),
      PageUp: stepBack,
      Home: () => goTo(firstStep),
      End: () => goTo(lastStep),
      '+': () => setSpeed(speeds.indexOf(speed) + 1),
      '-': () => setSpeed(speeds.indexOf(speed) - 1),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // --- Editing ------------------------------------------------------------------------------------

  const fields = [];  // of the tables: {field, read, write}
  let editor = null;

  function changed() {
    known = [];
    edited = numbers.bias !== live.bias ||
        ['input', 'kernel'].some((list) => numbers[list].some((value, i) => value !== live[list][i]));
    byId('reset').hidden = !edited;
    for (const one of fields) if (document.activeElement !== one.field) one.field.value = one.read();
    redraw();
    picture.setAttribute('aria-label', sentence());
    byId('spoken').textContent = sentence();
  }

  // "input 3" or "kernel 0": the list and the index in it.
  function setNumber(list, index, value) {
    if (list === 'bias') numbers.bias = value;
    else numbers[list][index] = value;
    changed();
  }

  function closeEditor() {
    if (!editor) return;
    const closing = editor;
    editor = null;
    closing.remove();
  }

  function openEditor(node, list, index) {
    closeEditor();
    if (playing) setPlaying(false);
    const stage = byId('stage').getBoundingClientRect();
    const cell = node.firstChild.getBoundingClientRect();
    const field = document.createElement('input');
    field.id = 'cell-editor';
    field.type = 'text';
    field.inputMode = 'decimal';
    field.autocomplete = 'off';
    field.setAttribute('aria-label', `${words[list]} ${live.names[list][index]}`);
    field.value = numberText(numbers[list][index], 9);
    const width = Math.max(cell.width, 48);
    field.style.left = cell.left - stage.left + (cell.width - width) / 2 + 'px';
    field.style.top = cell.top - stage.top + 'px';
    field.style.width = width + 'px';
    field.style.height = Math.max(cell.height, 22) + 'px';
    field.style.fontSize = Math.max(12, Math.min(18, cell.height * 0.4)) + 'px';
    const isValid = () => {
      const value = numberIn(field.value);
      field.setCustomValidity(Number.isNaN(value) ? words.notANumber : '');
      return !Number.isNaN(value);
    };
    const commit = () => {
      if (editor !== field) return;
      const valid = isValid();
      const value = numberIn(field.value);
      closeEditor();
      if (valid) setNumber(list, index, value);
    };
    field.addEventListener('input', isValid);
    field.addEventListener('blur', commit);
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter' || event.key === 'Tab') {
        event.preventDefault();
        if (!isValid()) {
          byId('spoken').textContent = words.notANumber;
          return;
        }
        commit();
        chooseBeside(list, index, event.key === 'Tab' ? (event.shiftKey ? -1 : 1) : 0);
      } else if (event.key === 'Escape') {
        closeEditor();
        chooseBeside(list, index, 0);
      }
    });
    byId('stage').appendChild(field);
    editor = field;
    field.focus();
    field.select();
  }

  // From one editable cell to one beside it, in the order of the picture.
  function chooseBeside(list, index, by) {
    const cells = Array.from(layer.querySelectorAll('.editable'));
    const at = cells.findIndex((cell) => cell.dataset.edit === `${list} ${index}`);
    const next = cells[at + by];
    if (next) next.focus();
    else if (by !== 0) byId(by > 0 ? 'first' : 'picture').focus();
  }

  function makeEditable(node, mark) {
    const [list, index] = mark.edit;
    node.setAttribute('class', 'editable');
    node.setAttribute('tabindex', '0');
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', `${words[list]} ${live.names[list][index]}`);
    node.dataset.edit = `${list} ${index}`;
    node.addEventListener('click', () => openEditor(node, list, index));
    node.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') {
        openEditor(node, list, index);
      } else if (/^[0-9.,\u2212-]$/.test(event.key)) {
        openEditor(node, list, index);
        editor.value = event.key;
      } else if (event.key === 'Delete') {
        setNumber(list, index, 0);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  function fieldFor(name, read, write) {
    const field = document.createElement('input');
    field.type = 'text';
    field.inputMode = 'decimal';
    field.autocomplete = 'off';
    field.setAttribute('aria-label', name);
    field.value = read();
    field.addEventListener('change', () => {
      const value = numberIn(field.value);
      field.setCustomValidity(Number.isNaN(value) ? words.notANumber : '');
      if (Number.isNaN(value)) byId('spoken').textContent = words.notANumber;
      else write(value);
    });
    fields.push({field, read});
    return field;
  }

  function addTable(list, caption, shape) {
    const [rows, columns, channels] = shape;
    for (let channel = 0; channel < channels; ++channel) {
      const table = document.createElement('table');
      table.createCaption().textContent =
          channels > 1 ? `${caption} · ${words.channel} ${live.channelNames[channel]}` : caption;
      for (let row = 0; row < rows; ++row) {
        const cells = table.insertRow();
        for (let column = 0; column < columns; ++column) {
          const index = (row * columns + column) * channels + channel;
          cells.insertCell().appendChild(fieldFor(
              `${caption} ${live.names[list][index]}`,
              () => numberText(numbers[list][index], 9),
              (value) => setNumber(list, index, value)));
        }
      }
      byId('tables').appendChild(table);
    }
  }

  function reset() {
    numbers = {input: live.input.map(Math.fround), kernel: live.kernel.map(Math.fround), bias: live.bias};
  }

  if (live) {
    live.input = live.input.map(Math.fround);
    live.kernel = live.kernel.map(Math.fround);
    live.bias = Math.fround(live.bias);
    reset();
    // A table of thousands of fields helps nobody: cells can still be clicked.
    const mostFields = 400;
    byId('editing').hidden = false;
    if (live.input.length <= mostFields) addTable('input', words.input, live.inputShape);
    if (live.kernel.length > 0 && live.kernel.length <= mostFields)
      addTable('kernel', words.kernel, live.kernelShape);
    if (live.bias !== 0) {
      const label = document.createElement('label');
      label.textContent = words.bias + ' ';
      label.appendChild(fieldFor(words.bias, () => numberText(numbers.bias, 9),
                                 (value) => setNumber('bias', 0, value)));
      byId('tables').appendChild(label);
    }
    byId('reset').addEventListener('click', () => {
      closeEditor();
      reset();
      changed();
      byId('play-pause').focus();
    });
  }
  window.addEventListener('resize', closeEditor);
  show(restOf[Math.min(Math.max(play.start, firstStep), lastStep)]);

  // For whoever embeds the page, and for tests: what it shows, and the same edits without a mouse.
  window.stridescope = {
    goTo,
    edit(list, index, value) { setNumber(list, index, Math.fround(value)); },
    numberText,
    cutNumber,
    cells: () => drawn.filter((item) => play.marks[item.mark].value !== undefined)
        .map((item) => [play.marks[item.mark].cell, valueOf(play.marks[item.mark].value)]),
    texts: () => drawn.filter((item) => play.marks[item.mark].kind === 'label')
        .map((item) => (item.node.style.display === 'none' ? null : item.node.textContent)),
    sentence,
    steps: [firstStep, lastStep],
  };
})();
