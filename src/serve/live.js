// In every page of `bokgi serve`: reloads it when the site was rebuilt, and shows what has to be
// mended when it could not be.
(() => {
  "use strict";
  const { version, heading, lang } = document.currentScript.dataset;
  let events;
  let again;

  function listen() {
    events = new EventSource("/_bokgi/events");
    events.onmessage = (message) => {
      const state = JSON.parse(message.data);
      if (state.version === version) {
        show(state.problem);
      } else {
        location.reload();
      }
    };
    // A browser tries again by itself when a connection breaks, but not after an answer that was an
    // error, as a proxy gives it while the server is away.
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) {
        again = setTimeout(listen, 1000);
      }
    };
  }

  // A browser opens six connections to a server and no more, so pages that nobody sees give theirs
  // back, and catch up when they are looked at.
  function follow() {
    events?.close();
    clearTimeout(again);
    if (!document.hidden) {
      listen();
    }
  }

  function show(problem) {
    const shown = document.querySelector(".bokgi-live");
    if (!problem) {
      shown?.remove();
      return;
    }
    const box = shown ?? overlay();
    box.querySelector("pre").textContent = problem;
    if (!shown) {
      document.body.append(box);
    }
  }

  function overlay() {
    if (!document.querySelector('link[href="/_bokgi/live.css"]')) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = "/_bokgi/live.css";
      document.head.append(style);
    }
    const box = document.createElement("section");
    box.className = "bokgi-live";
    box.lang = lang;
    box.setAttribute("role", "alert");
    const title = document.createElement("strong");
    title.textContent = heading;
    const text = document.createElement("pre");
    // What scrolls has to be reached by keyboard.
    text.tabIndex = 0;
    box.append(title, text);
    return box;
  }

  document.addEventListener("visibilitychange", follow);
  follow();
})();
