// One request at a time; whatever is announced meanwhile asks for one more.

export function refresher(refresh) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await refresh();
    } while (again);
  };
  return () => {
    if (running) {
      again = true;
      return running;
    }
    running = run()
      .catch((error) => console.warn(String(error)))
      .finally(() => {
        running = null;
      });
    return running;
  };
}
