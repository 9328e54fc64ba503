/**
 * Puts a text where it can be pasted from.
 *
 * @returns whether it is there: plain HTTP has no clipboard, and a person may have forbidden it
 */
export async function copyText(content: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  return clipboard.writeText(content).then(
    () => true,
    () => false,
  );
}
