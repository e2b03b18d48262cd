// Where what floats above the page stands: below what it belongs to where there is room, else above it; never off
// the window.

const GAP = 4;

// It begins where that begins, or ends where that ends.
export function placeBeside(floating, at, { ends = false } = {}) {
  const { offsetWidth: width, offsetHeight: height } = floating;
  const left = ends ? at.right - width : at.left;
  const below = at.bottom + GAP;
  const top = below + height + GAP <= innerHeight ? below : at.top - GAP - height;
  floating.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  floating.style.top = `${Math.max(GAP, top)}px`;
}
