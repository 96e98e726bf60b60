/**
 * What of the world is seen through the frame. Lengths on the world are steps of its grid, those on the
 * frame are pixels; nothing here knows of the page.
 * @module
 */

/**
 * @typedef {{width: number, height: number}} Size
 * @typedef {[left: number, top: number, width: number, height: number]} Box on the world
 *
 * @typedef {object} View
 * @property {number} x what is in the middle
 * @property {number} y
 * @property {number} scale pixels per step
 */

/** So near that a city's co-ops are told apart; the outlines know no more. */
const NEAREST = 8;

/**
 * The view nearest to one that shows the world and nothing beside it, as far as the frame's shape allows.
 * @param {View} view
 * @param {Size} world
 * @param {Size} frame
 * @returns {View}
 */
export function clamp(view, world, frame) {
  const farthest = Math.min(frame.width / world.width, frame.height / world.height);
  const scale = Math.min(Math.max(view.scale, farthest), Math.max(NEAREST, farthest));
  return {
    scale,
    x: between(view.x, frame.width / scale / 2, world.width),
    y: between(view.y, frame.height / scale / 2, world.height),
  };
}

/**
 * @param {number} middle
 * @param {number} half of what is seen
 * @param {number} whole
 */
function between(middle, half, whole) {
  return half * 2 >= whole ? whole / 2 : Math.min(Math.max(middle, half), whole - half);
}

/**
 * @param {View} view
 * @param {number} dx how far the world is moved, in pixels
 * @param {number} dy
 * @returns {View}
 */
export const pan = (view, dx, dy) => ({ ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale });

/**
 * Zooms so that what is under a point of the frame stays there.
 * @param {View} view
 * @param {number} factor
 * @param {number} px from the middle of the frame, in pixels
 * @param {number} py
 * @returns {View}
 */
export function zoom(view, factor, px = 0, py = 0) {
  const scale = view.scale * factor;
  return { scale, x: view.x + px / view.scale - px / scale, y: view.y + py / view.scale - py / scale };
}

/**
 * The view in which a box fills the frame, with some room around it.
 * @param {Box} box
 * @param {Size} frame
 * @param {number} [room] pixels
 * @returns {View}
 */
export function fit([left, top, width, height], frame, room = 0) {
  const across = Math.max(frame.width - 2 * room, 1) / Math.max(width, 1e-6);
  const down = Math.max(frame.height - 2 * room, 1) / Math.max(height, 1e-6);
  return { x: left + width / 2, y: top + height / 2, scale: Math.min(across, down) };
}

/**
 * What of the world the frame shows; more than the world where the shapes differ.
 * @param {View} view
 * @param {Size} frame
 * @returns {Box}
 */
export function seen({ x, y, scale }, frame) {
  const [width, height] = [frame.width / scale, frame.height / scale];
  return [x - width / 2, y - height / 2, width, height];
}

/**
 * @param {{x: number, y: number}} point
 * @param {Box} box
 */
export const isIn = ({ x, y }, [left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height;

/**
 * Writes a view for the part of an address behind the #; the frame's size is not in it.
 * @param {View} view
 */
export const format = ({ x, y, scale }) => `at=${Math.round(x)},${Math.round(y)},${Number(scale.toPrecision(3))}`;

/**
 * Reads what format writes; undefined where it is something else.
 * @param {string} text
 * @returns {View | undefined}
 */
export function parse(text) {
  const found = /^at=(-?\d{1,5}),(-?\d{1,5}),(\d{0,3}(?:\.\d{1,9})?)$/.exec(text);
  if (!found || !(Number(found[3]) > 0)) return undefined;
  return { x: Number(found[1]), y: Number(found[2]), scale: Number(found[3]) };
}
