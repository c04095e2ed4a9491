import { useMessages } from '#client/languages/use-messages.ts';
import { maxRoles } from '#client/remote/administration.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { DateField } from '#client/ui/field.tsx';
import { standsForItself } from '#domain/merged-areas.ts';
import { isTeamRole } from '#domain/role.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import { emptyRole, rolesToGive, withChange } from './role-form.ts';
import type { RoleFields, RoleProblems } from './role-form.ts';
import styles from './role-fields.module.css';

interface RoleListProps {
  readonly roles: readonly RoleFields[];
  readonly problems: RoleProblems;
  readonly today: string;
  readonly onChange: (roles: RoleFields[]) => void;
}

/** The roles of a member, each with its place and days. */
export function RoleList({ roles, problems, today, onChange }: RoleListProps) {
  const m = useMessages();
  const words = m.administration.form;
  return (
    <>
      {roles.map((role, at) => (
        <fieldset key={at} className={styles['role']}>
          <legend className={roles.length === 1 ? 'spoken' : styles['legend']}>{m.administration.roleNumber(at + 1)}</legend>
          <OneRole
            role={role}
            errorOf={(field) => {
              const problem = problems[`${at}.${field}`];
              return problem === undefined ? undefined : words.problems[problem];
            }}
            onChange={(change) => onChange(roles.map((each, index) => (index === at ? withChange(each, change, today) : each)))}
          />
          {roles.length === 1 ? null : (
            <div className="line">
              <Button variant="bare" onClick={() => onChange(roles.filter((_, index) => index !== at))}>
                {words.dropRole}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {roles.length >= maxRoles ? null : (
        <div className="line">
          <Button variant="bare" onClick={() => onChange([...roles, emptyRole(today)])}>
            {words.addRole}
          </Button>
        </div>
      )}
    </>
  );
}

interface OneRoleProps {
  readonly role: RoleFields;
  readonly errorOf: (field: keyof RoleFields) => string | undefined;
  readonly onChange: (change: Partial<RoleFields>) => void;
}

function OneRole({ role, errorOf, onChange }: OneRoleProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.form;
  return (
    <>
      <Select
        label={words.role}
        placeholder={words.pick}
        options={rolesToGive.map((value) => ({ value, label: m.words.roles[value] }))}
        value={role.role === '' ? undefined : role.role}
        onChange={(value) => onChange({ role: value })}
        error={errorOf('role')}
      />
      {role.role !== '' && isTeamRole(role.role) ? (
        <Select
          label={words.hamlet}
          placeholder={words.pick}
          options={hamletOptions(store, role.hamletId)}
          value={role.hamletId === '' ? undefined : role.hamletId}
          onChange={(hamletId) => onChange({ hamletId })}
          error={errorOf('hamletId')}
        />
      ) : null}
      {role.role === 'responder' ? (
        <Select
          label={words.unit}
          placeholder={words.pick}
          options={unitOptions(store)}
          value={role.unitId === '' ? undefined : role.unitId}
          onChange={(unitId) => onChange({ unitId })}
          error={errorOf('unitId')}
        />
      ) : null}
      <div className={styles['days']}>
        <DateField label={words.fromDay} value={role.fromDay} onChange={(event) => onChange({ fromDay: event.currentTarget.value })} error={errorOf('fromDay')} />
        <DateField
          label={words.toDay}
          hint={words.toDayHint}
          value={role.toDay}
          onChange={(event) => onChange({ toDay: event.currentTarget.value })}
          error={errorOf('toDay')}
        />
      </div>
    </>
  );
}

/** Hamlets that stand for themselves, by name; one that is held in a merged hamlet stays to be seen. */
export function hamletOptions(store: Pick<FieldStore, 'all' | 'find'>, held = ''): { readonly value: string; readonly label: string }[] {
  return store
    .all('area')
    .filter((area) => standsForItself(area) || area.recordId === held)
    .map(({ recordId }) => ({ value: recordId, label: areaName(store, recordId) }))
    .sort((a, b) => compareVietnamese(a.label, b.label));
}

function unitOptions(store: Pick<FieldStore, 'all'>): { readonly value: string; readonly label: string }[] {
  return store
    .all('unit')
    .filter(({ fields, deleted }) => !deleted && fields.kind !== 'bloc' && fields.kind !== 'team')
    .map(({ recordId, fields }) => ({ value: recordId, label: fields.name }))
    .sort((a, b) => compareVietnamese(a.label, b.label));
}
