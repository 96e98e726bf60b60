/**
 * What hands do on the frame: mouse, fingers and keys become moves of the world. The page itself stays
 * free to scroll: a wheel without Ctrl and one finger up or down belong to it.
 * @module
 */

/**
 * @typedef {object} Moves
 * @property {(dx: number, dy: number) => void} pan in pixels
 * @property {(factor: number, px: number, py: number) => void} zoom around a point, from the middle of the frame
 * @property {() => void} all
 */

const SLACK = 4; // pixels that a hand moves while it clicks
const STEP = 0.2; // of the frame, for one press of an arrow
const NEARER = 1.6; // for one press of plus

/**
 * @param {HTMLElement} frame
 * @param {HTMLElement} controls the buttons
 * @param {Moves} moves
 */
export function listen(frame, controls, moves) {
  /** @type {Map<number, {x: number, y: number}>} */
  const pointers = new Map();
  let dragged = false;

  const fromMiddle = (/** @type {{clientX: number, clientY: number}} */ { clientX, clientY }) => {
    const box = frame.getBoundingClientRect();
    return /** @type {const} */ ([clientX - box.left - box.width / 2, clientY - box.top - box.height / 2]);
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) dragged = false;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  frame.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    if (event.buttons === 0) return end(event); // let go outside of the window
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    if (!dragged && Math.hypot(dx, dy) < SLACK) return;
    if (!dragged) {
      dragged = true;
      frame.classList.add("map__frame--moving");
    }
    if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (others.length === 0) return moves.pan(dx, dy);
    const [other] = others;
    const before = Math.hypot(last.x - other.x, last.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    moves.pan(dx / 2, dy / 2);
    if (before > 0 && after > 0) {
      moves.zoom(after / before, ...fromMiddle({ clientX: (event.clientX + other.x) / 2, clientY: (event.clientY + other.y) / 2 }));
    }
  });
  const end = (/** @type {PointerEvent} */ { pointerId }) => {
    pointers.delete(pointerId);
    if (pointers.size === 0) frame.classList.remove("map__frame--moving");
  };
  frame.addEventListener("pointerup", end);
  frame.addEventListener("pointercancel", end);
  frame.addEventListener("click", (event) => {
    if (!dragged) return;
    dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("touchmove", (event) => {
    if (event.touches.length > 1) event.preventDefault();
  }, { passive: false });

  frame.addEventListener("dblclick", (event) => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    event.preventDefault();
    moves.zoom(NEARER, ...fromMiddle(event));
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    moves.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * lines)) / 150), ...fromMiddle(event));
  }, { passive: false });

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [across, down] = [frame.clientWidth * STEP, frame.clientHeight * STEP];
    switch (event.key) {
      case "ArrowLeft": moves.pan(across, 0); break;
      case "ArrowRight": moves.pan(-across, 0); break;
      case "ArrowUp": moves.pan(0, down); break;
      case "ArrowDown": moves.pan(0, -down); break;
      case "+": case "=": moves.zoom(NEARER, 0, 0); break;
      case "-": case "_": moves.zoom(1 / NEARER, 0, 0); break;
      case "0": moves.all(); break;
      default: return;
    }
    event.preventDefault();
  });

  const press = (/** @type {string} */ name, /** @type {() => void} */ act) => controls.querySelector(`[data-map-${name}]`)?.addEventListener("click", act);
  press("in", () => moves.zoom(NEARER, 0, 0));
  press("out", () => moves.zoom(1 / NEARER, 0, 0));
  press("all", () => moves.all());
}
