/** Forms have the screen to themselves: room for the keyboard, and no tab under the thumb that would leave them. */
const formPaths = [
  'so-tay/(?:trang|van-ban)/(?:moi|[^/]+/sua)',
  'ho/(?:moi|[^/]+/(?:tham|sua|dong|chuyen|gop|yeu-cau))',
  'tham/vang',
  'phieu/[^/]+/(?:sua|hoi|them-anh)',
  'uy-tin/(?:moi|[^/]+/(?:gap|sua|gioi-thieu|quyet-dinh|nhiem-ky/[^/]+/[^/]+|che-do(?:/[^/]+)?))',
  'y-kien/(?:moi|[^/]+/bao)',
];
const formPath = new RegExp(`^/(?:${formPaths.join('|')})$`, 'u');

/** `location`: without its query. Is it a page that is one form, with its button at the bottom? */
export function isFormPath(location: string): boolean {
  return formPath.test(location);
}
