"use strict";
// The server draws every part of the page. What arrives here is markup of the server's own, in which all text from elsewhere is escaped.
(() => {
  // The coordinator sends something several times a second: silence is a lost connection, also where no socket says so.
  const silenceMaxMs = 5000;
  const askAgainAfterMs = 4000;

  const byId = (id) => document.getElementById(id);
  const notice = byId("notice");
  const buttons = [byId("checkpoint"), byId("stop")];
  let events;
  let askedAt;
  let heardAt = Date.now();
  let isLost = false;
  let isOver = false;

  const say = (text, isBad) => {
    notice.textContent = text;
    notice.className = isBad ? "bad" : "";
  };
  const enable = (isOn) => {
    for (const button of buttons) button.disabled = !isOn;
  };
  const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

  const lose = () => {
    if (isLost) return;
    isLost = true;
    document.body.classList.add("stale");
    enable(false);
  };
  const hear = () => {
    if (isLost) {
      document.body.classList.remove("stale");
      enable(true);
      say(`The coordinator answers again; it did not from ${clock(heardAt)} to ${clock(Date.now())}.`, false);
    }
    isLost = false;
    heardAt = Date.now();
  };
  const show = (message) => {
    for (const [id, markup] of Object.entries(JSON.parse(message.data))) byId(id).innerHTML = markup;
    document.title = `${document.querySelector("h1").textContent} – training`;
  };
  const end = () => {
    // Without this the page would go on asking a program that has ended.
    isOver = true;
    events.close();
    document.body.classList.add("over");
    enable(false);
  };

  const connect = () => {
    events?.close();
    askedAt = Date.now();
    events = new EventSource("events");
    events.onerror = () => {
      events.close();
      lose();
    };
    events.addEventListener("sections", (message) => {
      hear();
      show(message);
    });
    events.addEventListener("over", end);
  };
  const watch = () => {
    if (isOver) return;
    const now = Date.now();
    if (now - heardAt > silenceMaxMs) lose();
    if (!isLost) return;
    const seconds = Math.round((now - heardAt) / 1000);
    say(`No answer from the coordinator since ${clock(heardAt)}, for ${seconds} s. The page shows what was known then, and goes on by itself.`, true);
    if (now - askedAt > askAgainAfterMs) connect();
  };

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

  connect();
  setInterval(watch, 1000);
})();
