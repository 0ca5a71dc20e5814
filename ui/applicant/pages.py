"""Every page there is, by its name."""

from typing import Final

from ui.applicant.act_pages import (
    ActDonePage,
    BringPapersPage,
    NotRecordedPage,
    PaperPrintingPage,
    RightBirthDatePage,
    RightNamePage,
    RightNumberPage,
    WhatIsWrongPage,
    WithdrawConfirmPage,
    WithdrawPage,
)
from ui.applicant.attempt_pages import AttemptHelpPage, AttemptsPage, AttemptWhenPage, CheckAttemptsPage, HelpWhenPage
from ui.applicant.choosing_pages import GroupsPage, GuidancePage, NoticePage, ProcedurePage, ProceduresPage
from ui.applicant.company_pages import GuardianPage, HelperNamePage, HelperPage
from ui.applicant.contact_change_page import ChangeContactPage
from ui.applicant.document_pages import DocumentPage, ReadingPage
from ui.applicant.ending_pages import (
    NotSavedPage,
    PrintingPage,
    ReviewPage,
    SavingPage,
    TicketOutPage,
    TicketShownPage,
)
from ui.applicant.european_page import EuropeanPage
from ui.applicant.hall_pages import ClosedPage, OutOfServicePage, WelcomePage
from ui.applicant.page import Page
from ui.applicant.request_pages import YourRequestPage
from ui.applicant.search_page import SearchPage
from ui.applicant.target_page import TargetPage
from ui.applicant.telling_pages import (
    BirthDatePage,
    ContactPage,
    NamesPage,
    NationalityPage,
    NumberPage,
    PermitPage,
)
from ui.applicant.ticket_pages import (
    AgentNeededPage,
    FindTicketPage,
    ProveBirthDatePage,
    ProveNamePage,
    RequestElsewherePage,
    TypeReferencePage,
)

PAGES: Final[dict[str, type[Page]]] = {
    page.name: page
    for page in (
        WelcomePage,
        ClosedPage,
        OutOfServicePage,
        NoticePage,
        GroupsPage,
        ProceduresPage,
        SearchPage,
        ProcedurePage,
        GuidancePage,
        DocumentPage,
        ReadingPage,
        HelperPage,
        HelperNamePage,
        NamesPage,
        BirthDatePage,
        GuardianPage,
        NationalityPage,
        EuropeanPage,
        PermitPage,
        NumberPage,
        TargetPage,
        AttemptsPage,
        AttemptWhenPage,
        AttemptHelpPage,
        HelpWhenPage,
        ContactPage,
        ReviewPage,
        SavingPage,
        NotSavedPage,
        PrintingPage,
        TicketOutPage,
        TicketShownPage,
        FindTicketPage,
        TypeReferencePage,
        ProveBirthDatePage,
        ProveNamePage,
        RequestElsewherePage,
        AgentNeededPage,
        YourRequestPage,
        BringPapersPage,
        ChangeContactPage,
        CheckAttemptsPage,
        WhatIsWrongPage,
        RightNamePage,
        RightBirthDatePage,
        RightNumberPage,
        WithdrawPage,
        WithdrawConfirmPage,
        NotRecordedPage,
        PaperPrintingPage,
        ActDonePage,
    )
}
