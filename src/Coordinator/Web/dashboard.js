"use strict";
// The server draws every part of the page. What arrives here is markup of the server's own, in which all text from elsewhere is escaped.
(() => {
  const byId = (id) => document.getElementById(id);
  const notice = byId("notice");
  const buttons = [byId("checkpoint"), byId("stop")];
  const events = new EventSource("events");

  const say = (text, isBad) => {
    notice.textContent = text;
    notice.className = isBad ? "bad" : "";
  };

  events.onopen = () => {
    document.body.classList.remove("stale");
    if (notice.className === "bad") say("", false);
  };
  events.onerror = () => {
    document.body.classList.add("stale");
    say("The coordinator does not answer; the page shows what was known last and tries again.", true);
  };
  events.addEventListener("sections", (message) => {
    for (const [id, markup] of Object.entries(JSON.parse(message.data))) byId(id).innerHTML = markup;
  });
  events.addEventListener("over", () => {
    // Without this the browser would go on asking a program that has ended.
    events.close();
    document.body.classList.add("over");
    for (const button of buttons) button.disabled = true;
  });

  const ask = async (button, path) => {
    button.disabled = true;
    try {
      const answer = await fetch(path, { method: "POST", headers: { "X-Dashboard": "1" } });
      say(await answer.text(), !answer.ok);
      button.disabled = path === "stop" && answer.ok;
    } catch {
      say("The coordinator did not answer; try again.", true);
      button.disabled = false;
    }
  };
  byId("checkpoint").onclick = (click) => ask(click.currentTarget, "checkpoint");
  byId("stop").onclick = (click) => ask(click.currentTarget, "stop");
})();
