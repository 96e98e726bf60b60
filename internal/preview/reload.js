// Reloads the page when the site was built anew, and shows the problems when it could not be.
let seen;

/** @param {string} text */
function show(text) {
  const old = document.getElementById("coops-problems");
  old?.remove();
  if (!text) return;
  const box = document.createElement("pre");
  box.id = "coops-problems";
  box.setAttribute("role", "alert");
  Object.assign(box.style, {
    position: "fixed", insetInline: "0", insetBlockEnd: "0", maxBlockSize: "60vh", overflow: "auto", margin: "0",
    padding: "1rem", background: "#2b1d16", color: "#fdf3e7", font: "14px/1.5 monospace", zIndex: "1000",
  });
  box.textContent = text;
  document.body.append(box);
}

new EventSource("/.coops/events").onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (!news.ok) {
    show(news.text);
  } else if (seen !== undefined && news.build !== seen) {
    location.reload();
  } else {
    show("");
  }
  seen = news.build;
};
