import { useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { readPhone } from '#client/store/phone.ts';
import { List, Row } from '#client/ui/list.tsx';
import { paths } from '#client/ui/paths.ts';
import { useHasPin, useLockWays } from './use-lock-ways.ts';

/** The ways into this phone, and which of them are on. */
export function LockLinks() {
  const m = useMessages().phoneLock;
  const { disk, pinLock } = useLockWays();
  const hasPin = useHasPin(pinLock);
  const [hasPasskey, setHasPasskey] = useState(false);
  useEffect(() => {
    readPhone(disk).then(
      (standing) => setHasPasskey(standing.state === 'locked' && standing.hasPasskey),
      () => undefined,
    );
  }, [disk]);
  return (
    <List>
      <Row title={m.pin.title} detail={hasPin ? m.pin.on : m.pin.off} href={paths.lockPin()} />
      <Row title={m.passkey.title} detail={hasPasskey ? m.passkey.on : m.passkey.off} href={paths.lockPasskey()} />
      <Row title={m.passphrase.change} href={paths.lockPassphrase()} />
    </List>
  );
}
