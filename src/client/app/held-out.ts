/** Screens that a member holds out to a citizen: nothing on them is about the phone or its owner. */
import { paths } from '#client/ui/paths.ts';

const heldAboutPath = new RegExp(`^${paths.heldAbout('[^/]+')}$`, 'u');

/** Read at the door: what is held about a household. */
export function isAtTheDoor(path: string): boolean {
  return heldAboutPath.test(path);
}

export function isForCitizen(path: string): boolean {
  return isAtTheDoor(path) || path === paths.reception();
}
