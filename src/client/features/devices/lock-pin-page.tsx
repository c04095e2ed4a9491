import { useState } from 'react';
import { useLocation } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { checkPin, pinDigits } from '#client/vault/pin.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { PinPad } from '#client/ui/pin-pad.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { noteWishForPin } from './pin-wished.ts';
import { useHasPin, useLockWays } from './use-lock-ways.ts';

/** Sets the PIN of this page's life, typed twice. */
export function LockPinPage() {
  const m = useMessages();
  const words = m.phoneLock.pin;
  const { pinLock, setPin } = useLockWays();
  const hasPin = useHasPin(pinLock);
  const [, navigate] = useLocation();
  const showToast = useToast();
  const [isChanging, setIsChanging] = useState(false);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  /** A new pad for each entry. */
  const [turn, setTurn] = useState(0);

  const again = (why: string | undefined, next?: string) => {
    setProblem(why);
    setChosen(next);
    setTurn((before) => before + 1);
  };
  const choose = (pin: string) => {
    const checked = checkPin(pin);
    if (checked.ok) again(undefined, pin);
    else again(words.weak[checked.error.code]);
  };
  const confirm = async (pin: string) => {
    if (pin !== chosen) return again(words.notSame);
    const set = await setPin(pin);
    if (!set.ok) return again(set.error.code === 'ended_elsewhere' ? words.ended : set.error.code === 'damaged' ? words.damaged : words.failed);
    noteWishForPin(true);
    showToast(words.isSet);
    navigate(paths.settings(), { replace: true });
  };
  const remove = () => {
    pinLock.forget();
    noteWishForPin(false);
  };

  return (
    <Page title={words.title} back={paths.settings()}>
      <p>{words.why}</p>
      <p className="quiet">{words.limits}</p>
      {hasPin && !isChanging ? (
        <>
          <Notice tone="good">{words.isSet}</Notice>
          <Button wide onClick={() => setIsChanging(true)}>
            {words.change}
          </Button>
          <Button wide onClick={remove}>
            {words.remove}
          </Button>
        </>
      ) : (
        <>
          <h2>{chosen === undefined ? words.choose : words.again}</h2>
          <PinPad
            key={turn}
            label={chosen === undefined ? words.choose : words.again}
            typed={words.typed}
            erase={words.erase}
            enter={chosen === undefined ? words.next : isBusy ? words.setting : words.set}
            {...pinDigits}
            isBusy={isBusy}
            onEntered={(pin) => (chosen === undefined ? choose(pin) : void run(async () => await confirm(pin)))}
          />
          {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
        </>
      )}
    </Page>
  );
}
