import { Suspense, lazy } from 'react';
import type { ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation, useSearchParams } from 'wouter';
import { RecordConflicts } from '#client/features/conflicts/record-conflicts.tsx';
import { AlreadyPage } from '#client/features/enrolment/already-page.tsx';
import { HouseholdList } from '#client/features/households/household-list.tsx';
import { HouseholdPage } from '#client/features/households/household-page.tsx';
import { AbsentsForm } from '#client/features/visits/absents-form.tsx';
import { AskedTeamsList } from '#client/features/visits/asked-teams-list.tsx';
import { StartPage } from '#client/features/visits/start-page.tsx';
import { VisitActions, VisitNotices } from '#client/features/visits/visit-actions.tsx';
import { VoidOrRestore } from '#client/features/visits/void-or-restore.tsx';
import { PhotoBlock } from '#client/features/photos/photo-block.tsx';
import { PhotoStrip } from '#client/features/photos/photo-strip.tsx';
import { RecordHistory } from '#client/features/record-history/record-history.tsx';
import { WaitingCount } from '#client/features/supervisor/waiting-count.tsx';
import { isSupervisor } from '#client/features/supervisor/waiting-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { paths } from '#client/ui/paths.ts';
import { contactPurposes } from '#domain/prestigious-person.ts';
import { isOfBloc, isOfTeam } from '#domain/role.ts';
import { AppBadge } from './app-badge.tsx';
import { NoFieldWork, NotFound, OtherRoleWork } from './dead-ends.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Layout } from './layout.tsx';
import { menuBarOf } from './menu-bar.ts';
import { DraftsLeft } from './pages/drafts-left.tsx';
import { NewVisitPage } from './pages/new-visit.tsx';
import { TodayPage } from './pages/today.tsx';
import { screensOf } from './which-screens.ts';

// A hamlet's main screens come with the app; what is opened more rarely, or only at a desk, is fetched (from the precache) when opened.
const ConsentPage = lazy(async () => ({ default: (await import('#client/features/subject-rights/consent-page.tsx')).ConsentPage }));
const AddHouseholdPage = lazy(async () => ({ default: (await import('./pages/add-household.tsx')).AddHouseholdPage }));
const CorrectForm = lazy(async () => ({ default: (await import('#client/features/households/correct-form.tsx')).CorrectForm }));
const KeepingPage = lazy(async () => ({ default: (await import('#client/features/households/keeping-pages.tsx')).KeepingPage }));
const HeldPage = lazy(async () => ({ default: (await import('#client/features/subject-rights/held-page.tsx')).HeldPage }));
const ImportPage = lazy(async () => ({ default: (await import('#client/features/list-import/import-page.tsx')).ImportPage }));
const PeopleList = lazy(async () => ({ default: (await import('#client/features/prestigious-people/people-list.tsx')).PeopleList }));
const PersonPage = lazy(async () => ({ default: (await import('#client/features/prestigious-people/person-page.tsx')).PersonPage }));
const NewPersonForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/person-form.tsx')).NewPersonForm }));
const CorrectPersonForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/person-form.tsx')).CorrectPersonForm }));
const TermForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/term-form.tsx')).TermForm }));
const StepForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/step-form.tsx')).StepForm }));
const BenefitForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/benefit-form.tsx')).BenefitForm }));
const TetPlanPage = lazy(async () => ({ default: (await import('#client/features/prestigious-people/tet-plan-page.tsx')).TetPlanPage }));
const OfficialList = lazy(async () => ({ default: (await import('#client/features/prestigious-people/official-list.tsx')).OfficialList }));
const ContactForm = lazy(async () => ({ default: (await import('#client/features/prestigious-people/contact-form.tsx')).ContactForm }));
const FeedbackList = lazy(async () => ({ default: (await import('#client/features/feedback/feedback-list.tsx')).FeedbackList }));
const FeedbackPage = lazy(async () => ({ default: (await import('#client/features/feedback/feedback-page.tsx')).FeedbackPage }));
const FeedbackForm = lazy(async () => ({ default: (await import('#client/features/feedback/feedback-form.tsx')).FeedbackForm }));
const ReceiptSlip = lazy(async () => ({ default: (await import('#client/features/feedback/receipt-slip.tsx')).ReceiptSlip }));
const ReceptionPage = lazy(async () => ({ default: (await import('#client/features/feedback/reception-page.tsx')).ReceptionPage }));
const RequestForm = lazy(async () => ({ default: (await import('#client/features/subject-rights/request-form.tsx')).RequestForm }));
const RequestList = lazy(async () => ({ default: (await import('#client/features/subject-rights/request-list.tsx')).RequestList }));
const RequestPage = lazy(async () => ({ default: (await import('#client/features/subject-rights/request-page.tsx')).RequestPage }));
const TellForm = lazy(async () => ({ default: (await import('#client/features/feedback/tell-form.tsx')).TellForm }));
const WaitingPage = lazy(async () => ({ default: (await import('#client/features/supervisor/waiting-page.tsx')).WaitingPage }));
const WaitingEntryPage = lazy(async () => ({ default: (await import('#client/features/supervisor/waiting-entry-page.tsx')).WaitingEntryPage }));
const RecordPage = lazy(async () => ({ default: (await import('#client/features/record-history/record-page.tsx')).RecordPage }));
const AddPhotosForm = lazy(async () => ({ default: (await import('#client/features/photos/add-photos-form.tsx')).AddPhotosForm }));
const PhotoPage = lazy(async () => ({ default: (await import('#client/features/photos/photo-page.tsx')).PhotoPage }));
const SyncPage = lazy(async () => ({ default: (await import('./pages/sync.tsx')).SyncPage }));
const MendPage = lazy(async () => ({ default: (await import('#client/features/sync-status/mend-page.tsx')).MendPage }));
const LockPinPage = lazy(async () => ({ default: (await import('#client/features/devices/lock-pin-page.tsx')).LockPinPage }));
const PasskeyPage = lazy(async () => ({ default: (await import('#client/features/devices/passkey-page.tsx')).PasskeyPage }));
const PassphrasePage = lazy(async () => ({ default: (await import('#client/features/devices/passphrase-page.tsx')).PassphrasePage }));
const CorrectVisitForm = lazy(async () => ({ default: (await import('#client/features/visits/correct-visit-form.tsx')).CorrectVisitForm }));
const ReturnForm = lazy(async () => ({ default: (await import('#client/features/visits/return-form.tsx')).ReturnForm }));
const ReviewDesk = lazy(async () => ({ default: (await import('#client/features/review/review-desk.tsx')).ReviewDesk }));
const MembersPage = lazy(async () => ({ default: (await import('#client/features/administration/members-page.tsx')).MembersPage }));
const HamletsPage = lazy(async () => ({ default: (await import('#client/features/administration/hamlets-page.tsx')).HamletsPage }));
const AuditPage = lazy(async () => ({ default: (await import('#client/features/administration/audit-page.tsx')).AuditPage }));
const HandbookList = lazy(async () => ({ default: (await import('#client/features/handbook/handbook-list.tsx')).HandbookList }));
const PageView = lazy(async () => ({ default: (await import('#client/features/handbook/page-view.tsx')).PageView }));
const PageForm = lazy(async () => ({ default: (await import('#client/features/handbook/page-form.tsx')).PageForm }));
const DocumentView = lazy(async () => ({ default: (await import('#client/features/handbook/document-view.tsx')).DocumentView }));
const DocumentForm = lazy(async () => ({ default: (await import('#client/features/handbook/document-form.tsx')).DocumentForm }));
const MySessions = lazy(async () => ({ default: (await import('#client/features/devices/my-sessions.tsx')).MySessions }));
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings.tsx')).SettingsPage }));

/** Every screen of an unlocked phone, inside the layout. What a role has no business with is said, not hidden behind an empty list. */
export function Routes({ onLock, onPassOn }: { readonly onLock: () => void; readonly onPassOn: () => void }) {
  const m = useMessages();
  const { assignments } = useStore().account();
  const [location, navigate] = useLocation();
  const [search] = useSearchParams();
  const draftId = search.get('nhap') ?? undefined;
  const purpose = contactPurposes.find((each) => each === search.get('viec'));
  const screens = screensOf(assignments);
  const forRole = (isAllowed: boolean, page: ReactNode) => (isAllowed ? page : <OtherRoleWork />);
  const isTeam = isOfTeam({ assignments });
  const seesHouseholds = screens.includes('households');
  const seesRequests = screens.includes('requests');
  const seesReview = screens.includes('review');
  const seesFeedback = isTeam || seesReview;
  const isBloc = isOfBloc({ assignments });
  const administers = screens.includes('members');
  const seesAudit = screens.includes('audit');
  const readsHandbook = screens.includes('handbook');
  const supervises = isSupervisor(assignments);
  const opensOn = seesReview ? paths.review() : administers ? paths.members() : seesAudit ? paths.audit() : readsHandbook ? paths.handbook() : undefined;

  return (
    <Layout assignments={assignments}>
      {isTeam ? <AppBadge /> : null}
      <ErrorBoundary resetKey={location}>
        <Suspense fallback={<p role="status">{m.app.opening}</p>}>
          <Switch>
            <Route path={paths.today()}>{isTeam ? <TodayPage /> : opensOn === undefined ? <NoFieldWork /> : <Redirect to={opensOn} replace />}</Route>
            <Route path={paths.startVisit()}>{forRole(isTeam, <StartPage />)}</Route>
            <Route path={paths.absents()}>{forRole(isTeam, <AbsentsForm key={draftId} draftId={draftId} />)}</Route>
            <Route path={paths.households()}>{forRole(seesHouseholds, <HouseholdList />)}</Route>
            <Route path={paths.newHousehold()}>{forRole(seesHouseholds, <AddHouseholdPage draftId={draftId} />)}</Route>
            <Route path={`${paths.households()}/:id`}>{({ id }) => forRole(seesHouseholds, <HouseholdPage key={id} id={id} {...partsOf(id)} />)}</Route>
            <Route path={`${paths.households()}/:id/tham`}>
              {({ id }) => forRole(isTeam, <NewVisitPage key={id} householdId={id} draftId={draftId} />)}
            </Route>
            <Route path={`${paths.households()}/:id/luu-gi`}>
              {({ id }) => forRole(seesHouseholds, <HeldPage key={id} id={id} historyOf={historyOf} />)}
            </Route>
            <Route path={`${paths.households()}/:id/dong-y`}>{({ id }) => forRole(seesHouseholds, <ConsentPage key={id} id={id} />)}</Route>
            <Route path={`${paths.households()}/:id/sua`}>{({ id }) => forRole(seesHouseholds, <CorrectForm key={id} id={id} draftId={draftId} />)}</Route>
            <Route path={`${paths.households()}/:id/dong`}>{({ id }) => forRole(seesHouseholds, <KeepingPage key={id} id={id} act="close" />)}</Route>
            <Route path={`${paths.households()}/:id/chuyen`}>{({ id }) => forRole(seesHouseholds, <KeepingPage key={id} id={id} act="move" draftId={draftId} />)}</Route>
            <Route path={`${paths.households()}/:id/gop`}>{({ id }) => forRole(seesHouseholds, <KeepingPage key={id} id={id} act="merge" />)}</Route>
            <Route path={`${paths.households()}/:id/yeu-cau`}>{({ id }) => forRole(seesHouseholds, <RequestForm key={id} id={id} />)}</Route>
            <Route path={paths.requests()}>{forRole(seesRequests, <RequestList />)}</Route>
            <Route path={`${paths.requests()}/:id`}>{({ id }) => forRole(seesRequests, <RequestPage key={id} id={id} history={historyOf(id)} />)}</Route>
            <Route path={paths.importList()}>{forRole(isBloc, <ImportPage />)}</Route>
            <Route path={paths.people()}>{forRole(seesHouseholds, <PeopleList drafts={isTeam ? null : <DraftsLeft />} />)}</Route>
            <Route path={paths.tetPlan()}>{forRole(isBloc, <TetPlanPage />)}</Route>
            <Route path={paths.officialList()}>{forRole(isBloc, <OfficialList />)}</Route>
            <Route path={paths.newPerson()}>{forRole(seesHouseholds, <NewPersonForm key={draftId} hamletId={search.get('xom') ?? undefined} draftId={draftId} />)}</Route>
            <Route path={`${paths.people()}/:id/sua`}>{({ id }) => forRole(seesHouseholds, <CorrectPersonForm key={id} id={id} />)}</Route>
            <Route path={`${paths.people()}/:id/gioi-thieu`}>{({ id }) => forRole(seesHouseholds, <TermForm key={id} personId={id} way="propose" />)}</Route>
            <Route path={`${paths.people()}/:id/quyet-dinh`}>{({ id }) => forRole(seesHouseholds, <TermForm key={id} personId={id} way="held" />)}</Route>
            <Route path={`${paths.people()}/:id/nhiem-ky/:termId/:to`}>
              {({ id, termId, to }) => forRole(seesHouseholds, <StepForm key={`${termId} ${to}`} personId={id} termId={termId} to={to} />)}
            </Route>
            <Route path={`${paths.people()}/:id/che-do/:benefitId?`}>
              {({ id, benefitId }) => {
                const voiding = benefitId === undefined ? null : <VoidOrRestore recordId={benefitId} />;
                return forRole(seesHouseholds, <BenefitForm key={`${id} ${benefitId ?? ''}`} personId={id} benefitId={benefitId} voiding={voiding} />);
              }}
            </Route>
            <Route path={`${paths.people()}/:id`}>{({ id }) => forRole(seesHouseholds, <PersonPage key={id} id={id} purpose={purpose} {...partsOf(id)} photos={<PhotoStrip key={`photos ${id}`} parentId={id} />} />)}</Route>
            <Route path={`${paths.people()}/:id/gap`}>
              {({ id }) => forRole(isTeam, <ContactForm key={id} personId={id} draftId={draftId} purpose={purpose} Photos={PhotoBlock} />)}
            </Route>
            <Route path={paths.feedbackList()}>{forRole(seesFeedback, <FeedbackList />)}</Route>
            <Route path={paths.newFeedback()}>{forRole(isTeam || seesHouseholds, <FeedbackForm key={draftId} draftId={draftId} />)}</Route>
            <Route path={paths.reception()}>{forRole(isTeam || seesHouseholds, <ReceptionPage />)}</Route>
            <Route path={`${paths.feedbackList()}/:id`}>{({ id }) => forRole(seesFeedback, <FeedbackPage key={id} id={id} {...partsOf(id)} />)}</Route>
            <Route path={`${paths.feedbackList()}/:id/giay-hen`}>{({ id }) => forRole(seesFeedback || seesHouseholds, <ReceiptSlip key={id} id={id} />)}</Route>
            <Route path={`${paths.feedbackList()}/:id/bao`}>{({ id }) => forRole(isTeam, <TellForm key={id} id={id} />)}</Route>
            <Route path={`${paths.review()}/:id?`}>{({ id }) => forRole(seesReview, <ReviewDesk openId={id} above={<AboveDesk supervises={supervises} isBloc={isBloc} />} {...(id === undefined ? {} : partsOf(id))} />)}</Route>
            <Route path={`${paths.records()}/:id`}>{({ id }) => forRole(seesFeedback || seesHouseholds, <RecordPage key={id} id={id} {...partsOf(id)} notices={<VisitNotices recordId={id} />} actions={<VisitActions recordId={id} />} photos={<PhotoStrip key={`photos ${id}`} parentId={id} />} />)}</Route>
            <Route path={`${paths.records()}/:id/sua`}>{({ id }) => forRole(isTeam, <CorrectVisitForm key={id} id={id} />)}</Route>
            <Route path={`${paths.records()}/:id/hoi`}>{({ id }) => forRole(seesHouseholds, <ReturnForm key={id} id={id} />)}</Route>
            <Route path={`${paths.records()}/:id/them-anh`}>{({ id }) => forRole(seesHouseholds, <AddPhotosForm key={id} parentId={id} draftId={draftId} />)}</Route>
            <Route path={`${paths.photos()}/:id`}>{({ id }) => forRole(seesHouseholds, <PhotoPage key={id} id={id} />)}</Route>
            <Route path={paths.waiting()}>{forRole(supervises, <WaitingPage />)}</Route>
            <Route path={`${paths.waiting()}/:id`}>{({ id }) => forRole(supervises, <WaitingEntryPage key={id} entryId={id} />)}</Route>
            <Route path={paths.members()}>{forRole(administers, <MembersPage />)}</Route>
            <Route path={paths.newMember()}>{forRole(administers, <MembersPage isNew />)}</Route>
            <Route path={`${paths.members()}/:id`}>{({ id }) => forRole(administers, <MembersPage openId={id} />)}</Route>
            <Route path={`${paths.hamlets()}/:id?`}>{({ id }) => forRole(administers, <HamletsPage openId={id} {...(id === undefined ? {} : partsOf(id))} />)}</Route>
            <Route path={paths.audit()}>{forRole(seesAudit, <AuditPage />)}</Route>
            <Route path={paths.handbook()}>{forRole(readsHandbook, <HandbookList back={menuBarOf(assignments).onBar.includes('handbook') ? undefined : paths.today()} />)}</Route>
            <Route path={paths.newHandbookPage()}>{forRole(readsHandbook, <PageForm draftId={draftId} />)}</Route>
            <Route path={`${paths.handbookPages()}/:id`}>{({ id }) => forRole(readsHandbook, <PageView key={id} id={id} {...partsOf(id)} />)}</Route>
            <Route path={`${paths.handbookPages()}/:id/sua`}>{({ id }) => forRole(readsHandbook, <PageForm key={id} id={id} draftId={draftId} />)}</Route>
            <Route path={paths.newDocument()}>{forRole(readsHandbook, <DocumentForm draftId={draftId} />)}</Route>
            <Route path={`${paths.documents()}/:id`}>{({ id }) => forRole(readsHandbook, <DocumentView key={id} id={id} {...partsOf(id)} />)}</Route>
            <Route path={`${paths.documents()}/:id/sua`}>{({ id }) => forRole(readsHandbook, <DocumentForm key={id} id={id} draftId={draftId} />)}</Route>
            <Route path={paths.mySessions()}>
              <MySessions />
            </Route>
            <Route path={paths.sync()}>
              <SyncPage />
            </Route>
            <Route path={`${paths.sync()}/:seq/sua`}>{({ seq }) => <MendPage key={seq} deviceSeq={Number(seq)} />}</Route>
            <Route path={paths.settings()}>
              <SettingsPage onLock={onLock} onPassOn={onPassOn} />
            </Route>
            <Route path={paths.lockPin()}>
              <LockPinPage />
            </Route>
            <Route path={paths.lockPasskey()}>
              <PasskeyPage />
            </Route>
            <Route path={paths.lockPassphrase()}>
              <PassphrasePage />
            </Route>
            <Route path={paths.enrol}>
              <AlreadyPage onGoOn={() => navigate(paths.today(), { replace: true })} onPassOn={() => navigate(paths.settings(), { replace: true })} />
            </Route>
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Layout>
  );
}

/** What else than feedback waits for whoever sits at the desk. */
function AboveDesk({ supervises, isBloc }: { readonly supervises: boolean; readonly isBloc: boolean }) {
  return (
    <>
      {supervises ? <WaitingCount /> : null}
      {isBloc ? <AskedTeamsList /> : null}
    </>
  );
}

function historyOf(recordId: string) {
  return <RecordHistory key={`history ${recordId}`} recordId={recordId} />;
}

/** What stands on the page of every record: what two people wrote differently in it, and who set what. */
function partsOf(recordId: string) {
  return {
    // A key each: they are siblings, and of two with the same React leaves one standing as it was for ever.
    conflicts: <RecordConflicts key={`conflicts ${recordId}`} recordId={recordId} />,
    history: historyOf(recordId),
  };
}
