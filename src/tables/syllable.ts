/** Whether a word is written as a Vietnamese syllable can be: what tells letters of one encoding from those of another. */

const onsets = ['', 'b', 'c', 'ch', 'd', 'đ', 'g', 'gh', 'gi', 'h', 'k', 'kh', 'l', 'm', 'n', 'ng', 'ngh', 'nh', 'p', 'ph', 'qu', 'r', 's', 't', 'th', 'tr', 'v', 'x'];

/** Every rhyme of Vietnamese spelling without its tone, by its first letters. */
const rhymes = [
  'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây',
  'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu',
  'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu',
  'o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot',
  'ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt',
  'u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyn uynh uyp uyt uyu uyên uyêt',
  'ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych yêm yên yêng yêt yêu ynh yt',
].join(' ').split(' ');

const toneless = new Set(onsets.flatMap((onset) => rhymes.map((rhyme) => onset + rhyme)));
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** `word`: letters alone, of any case, composed or not. A stop at the end (`p t c ch`) goes with two of the six tones. */
export function isSyllable(word: string): boolean {
  const decomposed = word.normalize('NFD').toLowerCase();
  const found = decomposed.match(tones) ?? [];
  if (found.length > 1) return false;
  const plain = decomposed.replace(tones, '').normalize('NFC');
  if (!toneless.has(plain)) return false;
  return !/(?:[ptc]|ch)$/u.test(plain) || found[0] === '\u0301' || found[0] === '\u0323';
}
