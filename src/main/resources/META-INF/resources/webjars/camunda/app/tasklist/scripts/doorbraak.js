// Tasklist loads this module before it starts and waits for it, so everything here holds from the first screen on.
// It leans on the inside of Camunda 7.24 and form-js 1.8.7: look here again when either is raised.

const base = document.querySelector('base');
const root = base.getAttribute('app-root');

// The page says English, the words are Dutch: a screen reader would read them out in the wrong language.
document.documentElement.lang = 'nl';

/* One login: ours */

// Tasklist's own login form cannot log anybody in: the engine knows no passwords.
function leaveTasklistLogin() {
  if (location.hash.startsWith('#/login')) {
    location.replace('/login');
  }
}
addEventListener('hashchange', leaveTasklistLogin);
leaveTasklistLogin();

/* What must be done first stands first */

// Tasklist begins with what was made last. Who chose another order keeps it: it stands in the address.
function sortByDeadline() {
  if (/^(#\/?)?$|^#\/\?/.test(location.hash) && !location.hash.includes('sorting=')) {
    const rest = location.hash.replace(/^#?\/?\??/, '');
    const sorting = encodeURIComponent('[{"sortBy":"dueDate","sortOrder":"asc"}]');
    history.replaceState(history.state, '', `#/?${rest ? `${rest}&` : ''}sorting=${sorting}`);
  }
}
sortByDeadline();

/* Drafts never reach the browser's storage */

// Tasklist keeps a draft as plain text in the browser's profile, also by itself when the session ends, and there it
// survives the logout. Text about residents does not belong there.
const DRAFT = 'camunda-form:';
const { setItem } = Storage.prototype;
Storage.prototype.setItem = function (key, value) {
  if (!String(key).startsWith(DRAFT)) {
    setItem.call(this, key, value);
  }
};
Object.keys(localStorage)
  .filter(key => key.startsWith(DRAFT))
  .forEach(key => localStorage.removeItem(key));

/* No raw keys on the first screen */

// Tasklist draws its list before the translations are there, unless they are in its cache; and it shows a cached file
// once more after an update. So fetch them first and put them where its locale loader looks.
async function cacheTranslations() {
  const folder = `${root}/app/tasklist/locales/`;
  const response = await fetch(`${folder}nl.json`, { cache: 'no-cache' });
  if (response.ok) {
    const settings = JSON.parse(localStorage.getItem('camunda-web') || '{}');
    settings[`${folder}_locales_data_nl_${window.bust}`] = JSON.stringify(await response.json());
    localStorage.setItem('camunda-web', JSON.stringify(settings));
  }
}

/* A session that ends leaves the form where it is */

// A 401 makes Tasklist go to its login page, and with it everything typed is gone. While a form can be typed in, it
// hears "503" instead, the page stays, and a bar asks to log in somewhere else.
const LOGGED_OUT = 'U bent uitgelogd. Wat u typte staat er nog.';
const request = XMLHttpRequest.prototype;
const { open, send, setRequestHeader, getResponseHeader } = request;
const ACT = /\/(?:submit-form|claim|unclaim)$/;
const held = new WeakSet();
const tokens = new WeakSet();
let bar = null;
let user = null;
let loggingOut = false;
let sure = true;

function original(property) {
  return Object.getOwnPropertyDescriptor(request, property).get;
}

const status = original('status');

function formIsOpen() {
  return [...document.querySelectorAll('.fjs-container')].some(form => !form.closest('.disabled-form'));
}

function holdBack(xhr) {
  if (!held.has(xhr) && status.call(xhr) === 401 && !loggingOut && formIsOpen()) {
    held.add(xhr);
    showBar();
  }
  return held.has(xhr);
}

function replace(property, value) {
  const get = original(property);
  Object.defineProperty(request, property, {
    configurable: true,
    enumerable: true,
    get() {
      return holdBack(this) ? value : get.call(this);
    }
  });
}

replace('status', 503);
replace('statusText', LOGGED_OUT);
replace('response', JSON.stringify({ message: LOGGED_OUT }));
replace('responseText', JSON.stringify({ message: LOGGED_OUT }));
request.getResponseHeader = function (name) {
  return holdBack(this) && name.toLowerCase() === 'content-type' ? 'application/json' : getResponseHeader.call(this, name);
};

request.open = function (method, url, ...rest) {
  if (url.includes('/engine/')) {
    this.addEventListener('load', () => {
      learnToday(getResponseHeader.call(this, 'Doorbraak-Today'));
      showNotices(getResponseHeader.call(this, 'Doorbraak-Notices'));
    });
  }
  if (method.toUpperCase() === 'POST' && ACT.test(url)) {
    // What went wrong at the try before this one is no longer news.
    setTimeout(() => document.querySelectorAll('.notifications .alert-danger .close').forEach(button => button.click()));
  }
  if (/\/process-definition\/[^/]+\/submit-form$/.test(url)) {
    this.addEventListener('load', () => status.call(this) < 300 && tellReported(JSON.parse(this.responseText).businessKey));
  }
  if (/\/auth\/user\/[^/]+\/logout$/.test(url)) {
    this.addEventListener('load', () => (loggingOut = status.call(this) < 400));
  }
  return open.call(this, method, url, ...rest);
};

// The token is added as the request leaves, so that a request that had to wait carries the newest one.
request.setRequestHeader = function (name, value) {
  if (name.toLowerCase() === 'x-xsrf-token') {
    tokens.add(this);
  } else {
    setRequestHeader.call(this, name, value);
  }
};

// Camunda ends the whole session when a POST brings the token of an earlier one. Somebody who logs in again in another
// tab has such an old token here: a GET fetches the new one, and only then the request may go.
request.send = function (body) {
  const go = () => {
    const token = tokens.has(this) && /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
    if (token) {
      setRequestHeader.call(this, 'X-XSRF-TOKEN', decodeURIComponent(token[1]));
    }
    send.call(this, body);
  };
  if (sure) {
    go();
  } else {
    askWhoIsIn().finally(go);
  }
};

async function askWhoIsIn() {
  const response = await fetch(`${base.getAttribute('admin-api')}auth/user/default`, { redirect: 'manual' });
  if (!response.ok) {
    return;
  }
  const { userId } = await response.json();
  if (user !== null && userId !== user) {
    // Somebody else uses this browser now: what was typed is not theirs to see or to send.
    location.reload();
    return;
  }
  user = userId;
  sure = true;
  hideBar();
}

function showBar() {
  sure = false;
  if (bar === null) {
    bar = document.createElement('div');
    bar.className = 'doorbraak-logged-out';
    bar.setAttribute('role', 'alert');
    bar.innerHTML = 'U bent uitgelogd. <a href="/login" target="_blank">Log in een ander tabblad in</a> '
      + 'en kom terug: wat u typte staat er nog.';
    document.body.prepend(bar);
  }
}

function hideBar() {
  bar?.remove();
  bar = null;
}

document.addEventListener('visibilitychange', () => {
  sure = false;
  if (!document.hidden && bar !== null) {
    askWhoIsIn();
  }
});
addEventListener('focus', () => bar !== null && askWhoIsIn());

/* Days left, counted from the day it is at the server */

// Tasklist counts to the midnight at which a term ends, and so one day more than its last day; it counts by the clock of
// this computer; and it does not count for an event at all. Here every row counts as our own pages do, and names the year
// when it is another.
const MONTHS = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'];
const DATE = new RegExp(`(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})(?: (\\d{2}:\\d{2}))?`);
const DEADLINE = '[am-time-ago="task.due"]';
const CREATED = '[am-time-ago="task.created"]';
const VALUE = '.variable-value';
const COUNTED = `${DEADLINE}, ${CREATED}, ${VALUE}`;
const DAY = 24 * 60 * 60 * 1000;
let today = null;

function learnToday(date) {
  if (date && date !== today) {
    today = date;
    document.querySelectorAll(COUNTED).forEach(countDays);
  }
}

function daysLeft(day) {
  const days = Math.round((day - Date.parse(today)) / DAY);
  return days > 1 ? `nog ${days} dagen` : days === 1 ? 'morgen' : days === 0 ? 'vandaag' : days === -1 ? 'gisteren' : `${-days} dagen geleden`;
}

function countDays(element) {
  const told = element.getAttribute('uib-tooltip');
  const [, date, month, year, time] = DATE.exec(told) ?? [];
  if (today === null || !date) {
    return;
  }
  let day = Date.UTC(year, MONTHS.indexOf(month), date);
  let text;
  if (element.matches(DEADLINE)) {
    day -= time === '00:00' ? DAY : 0;
    const last = new Date(day);
    const inYear = today.startsWith(last.getUTCFullYear()) ? '' : ` ${last.getUTCFullYear()}`;
    text = `${last.getUTCDate()} ${MONTHS[last.getUTCMonth()]}${inYear}, ${daysLeft(day)}`;
  } else if (element.matches(CREATED)) {
    text = daysLeft(day);
  } else {
    text = `${told}, ${daysLeft(day)}`;
  }
  if (element.textContent.trim() !== text) {
    element.textContent = text;
  }
}

new MutationObserver(mutations => mutations.forEach(({ target, addedNodes }) => {
  [target, ...addedNodes].forEach(node => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const counted = element?.closest(COUNTED);
    (counted ? [counted] : element?.querySelectorAll(COUNTED) ?? []).forEach(countDays);
  });
})).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ['uib-tooltip'] });

/* On a telephone a chosen task stands below the list: go there, once for each choice */

const STACKED = matchMedia('(max-width: 842px)');
const SETTLES = 2000;
let chosen = null;
let settled = 0;

function goToTask() {
  const [, task] = /[?&]task=([^&]+)/.exec(location.hash) ?? [];
  const heading = STACKED.matches && task && document.querySelector('.task-card h2.task');
  if (heading && task !== chosen && heading.getBoundingClientRect().top > innerHeight) {
    chosen = task;
    settled = performance.now() + SETTLES;
    heading.tabIndex = -1;
    heading.focus();
  }
  // Its form comes a moment later, and moves it.
  if (heading && performance.now() < settled) {
    heading.scrollIntoView();
  }
}

/* What stands over our own pages stands here too, and which case was reported */

// Notices come with each list. A screen reader says what is new, so both are there before there is anything to say.
const foot = document.createElement('div');
foot.className = 'doorbraak-foot';
foot.innerHTML = '<div class="doorbraak-reported" role="status"></div><div class="doorbraak-notices" role="status"></div>';
document.body.append(foot);
const [reported, notices] = foot.children;
const REPORTED_FOR = 60 * 1000;
let noticed = null;

// Tasklist says for some seconds that there is a case, not which.
function tellReported(number) {
  reported.innerHTML = `<p>U meldde casus <a href="/casus/${number}">${number}</a>.</p>`;
  setTimeout(() => reported.replaceChildren(), REPORTED_FOR);
}

function showNotices(told) {
  if (told === null || told === noticed) {
    return;
  }
  noticed = told;
  notices.replaceChildren(...JSON.parse(decodeURIComponent(told)).map(({ sentence, path, link }) => {
    const line = document.createElement('p');
    line.textContent = sentence;
    if (path) {
      const away = document.createElement('a');
      away.href = path;
      away.textContent = link;
      line.append(' ', away);
    }
    return line;
  }));
}

/* A message says what to do */

// Tasklist puts the names of its own parts before a refusal, says it twice, and of a form that is not filled in says
// only that it is not done.
const PARTS = /^(?:(?:<|&lt;)\w+(?:>|&gt;) (?:<|&lt;)- )+/;

function say(message) {
  const [status, more] = ['.status', '.message'].map(part => message.querySelector(part));
  [status, more].filter(part => PARTS.test(part?.textContent ?? '')).forEach(part => {
    part.textContent = part.textContent.replace(PARTS, '');
  });
  if (more && more.textContent === status.textContent) {
    more.textContent = '';
  }
  const wrong = document.querySelector('.fjs-has-errors');
  if (message.matches('.alert-danger') && more?.textContent === '' && wrong) {
    more.textContent = 'Bij een of meer vragen staat in het rood wat er nog moet.';
    wrong.querySelector('input, textarea, select')?.focus();
  }
}

new MutationObserver(() => {
  document.querySelectorAll('.notifications .alert').forEach(say);
  goToTask();
}).observe(document.body, { childList: true, subtree: true });

/* An amount is pasted as it is written here */

// form-js reads "1.250,00" as no number at all.
document.addEventListener('paste', event => {
  if (event.target.closest?.('.fjs-form-field-number')) {
    const text = event.clipboardData.getData('text').replace(/[€\s]/g, '').replace(/\.(?=\d{3}(?!\d))/g, '').replace(/,-?$/, '');
    const number = text.replace(',', '.');
    event.preventDefault();
    if (/^-?\d+(\.\d+)?$/.test(number)) {
      document.execCommand('insertText', false, number);
    }
  }
}, true);

/* form-js speaks Dutch */

// form-js 1.8.7 has these sentences in its code, in English only.
const SENTENCES = [
  [/^Field is required\.$/, 'Vul dit in.'],
  [/^Field must have minimum length of (.+)\.$/, 'Gebruik minstens $1 tekens.'],
  [/^Field must have maximum length of (.+)\.$/, 'Gebruik hoogstens $1 tekens.'],
  [/^Field must have minimum value of (.+)\.$/, 'Vul $1 of meer in.'],
  [/^Field must have maximum value of (.+)\.$/, 'Vul $1 of minder in.'],
  [/^Field must match pattern .+$/, 'Dit is niet op de juiste manier geschreven.'],
  [/^Field must be a valid {1,2}international phone number\..*$/, 'Vul een telefoonnummer in met landcode, bijvoorbeeld +31612345678.'],
  [/^Field must be a valid email\.$/, 'Vul een geldig e-mailadres in.'],
  [/^Value is not a number\.$/, 'Vul een getal in.'],
  [/^Value is expected to be an integer\.$/, 'Vul een heel getal in.'],
  [/^Value is expected to have at most (\d+) decimal digits?\.$/, 'Gebruik hoogstens $1 cijfers achter de komma.'],
  [/^Please select a valid value, the two nearest valid values are (.+) and (.+)\.$/, 'Kies een ander getal, bijvoorbeeld $1 of $2.'],
  [/^Date and time must both be entered\.$/, 'Vul de datum en de tijd in.'],
  [/^Select$/, 'Kies'],
  [/^Search$/, 'Zoek'],
  [/^No results$/, 'Niets gevonden'],
  [/^All values selected$/, 'Alles is al gekozen'],
  [/^Remove tag$/, 'Weghalen'],
  [/^Increment$/, 'Verhogen'],
  [/^Decrement$/, 'Verlagen'],
  [/^hh:mm(?: \?m)?$/, 'uu:mm'],
  [/^dd-mm-yyyy$/, 'dd-mm-jjjj']
];
// Only where form-js itself writes: what people typed or chose is never touched.
const TEXTS = '.fjs-form-field-error, .fjs-select-placeholder, .fjs-dropdownlist-empty';
const ATTRIBUTES = ['placeholder', 'title', 'aria-label'];

function inDutch(text) {
  const sentence = SENTENCES.find(([english]) => english.test(text));
  return sentence ? text.replace(...sentence) : text;
}

function translateText(node) {
  const dutch = inDutch(node.data);
  if (dutch !== node.data && node.parentElement?.closest(TEXTS)) {
    node.data = dutch;
  }
}

function translateAttributes(element) {
  ATTRIBUTES.filter(name => element.hasAttribute(name)).forEach(name => {
    const dutch = inDutch(element.getAttribute(name));
    if (dutch !== element.getAttribute(name)) {
      element.setAttribute(name, dutch);
    }
  });
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    translateText(node);
  } else if (node.nodeType === Node.ELEMENT_NODE && (node.closest('.fjs-container') || node.querySelector('.fjs-container'))) {
    node.querySelectorAll('.fjs-container [placeholder], .fjs-container [title], .fjs-container [aria-label]').forEach(translateAttributes);
    if (node.closest('.fjs-container')) {
      translateAttributes(node);
      const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        translateText(texts.currentNode);
      }
    }
  }
}

new MutationObserver(mutations => mutations.forEach(({ type, target, addedNodes }) => {
  if (type === 'childList') {
    addedNodes.forEach(translate);
  } else {
    translate(target);
  }
})).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES });

// form-js writes dates as the browser would. In a browser set to English, 3 April would read as 4 March.
Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
  construct: (format, [locale, ...options]) => new format(!locale || locale === 'default' ? 'nl-NL' : locale, ...options)
});

window.flatpickr?.localize({
  weekdays: {
    shorthand: ['zo', 'ma', 'di', 'wo', 'do', 'vr', 'za'],
    longhand: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag']
  },
  months: {
    shorthand: ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
    longhand: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december']
  },
  firstDayOfWeek: 1,
  ordinal: () => '',
  rangeSeparator: ' tot en met ',
  weekAbbreviation: 'wk',
  scrollTitle: 'Scroll om te wijzigen',
  toggleTitle: 'Klik om te wisselen',
  yearAriaLabel: 'Jaar',
  monthAriaLabel: 'Maand',
  hourAriaLabel: 'Uur',
  minuteAriaLabel: 'Minuut',
  time_24hr: true
});

/* The button that reports a case is for who may report one */

// Tasklist shows it to everybody, and to most it opens an empty list.
async function learnWhatMayStart() {
  const query = 'latest=true&active=true&startableInTasklist=true&startablePermissionCheck=true';
  const response = await fetch(`${base.getAttribute('engine-api')}engine/default/process-definition/count?${query}`);
  document.documentElement.classList.toggle('doorbraak-may-report', response.ok && (await response.json()).count > 0);
}

await Promise.allSettled([cacheTranslations(), askWhoIsIn(), learnWhatMayStart()]);
