// Replaces the file of the same name in Camunda's web application. What is not named here keeps Camunda's default.

// On a slow line Tasklist would give up on a part of itself after seven seconds, and stay empty.
window.require?.config?.({ waitSeconds: 0 });

export default {
  app: {
    name: 'Mijn werk',
    vendor: 'Doorbraak'
  },
  // One language: Tasklist would otherwise follow the browser, and half of a Dutch office has an English one.
  locales: {
    availableLocales: ['nl'],
    fallbackLocale: 'nl'
  },
  customScripts: ['scripts/doorbraak.js'],
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: 'pakt de gekozen taak op'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: 'gaat naar het eerste filter'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: 'gaat naar de eerste taak in de lijst'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: 'gaat naar het eerste veld van het formulier'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: 'opent het venster om een casus te melden'
    }
  }
};
