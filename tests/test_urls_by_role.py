"""Who may go where: every address of the site, every role, in one table.

It fails when an address is missing from the table and when a line of the table has no address any more. The rows named in a
line lie in Kampung Gedong and were recorded by its volunteer; `other` is the volunteer of Kampung Tengah.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.web_rows import WebRows

ROLES = ("anonymous", "stranger", "observer", "volunteer", "other", "coordinator", "board")
ADMIN = "admin:"
# The second leads to the first.
DOORS = ("/accounts/login/?next=", "/admin/login/?next=")


@dataclass(frozen=True)
class Line:
    method: str
    name: str
    kwargs: dict[str, str]
    answers: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def group(self) -> str:
        """The slice, or the kind of row in the API."""
        return self.name.replace("-", ":").split(":")[0].split("_")[0]


def lines(table: str) -> list[Line]:
    """Method, name, kwarg=row,..., then one answer a role; "login" is the way to the sign-in page."""
    found = []
    for text in table.strip().splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        method, name, *rest = text.split()
        kwargs = dict(part.split("=") for part in rest if "=" in part)
        found.append(Line(method, name, kwargs, tuple(part for part in rest if "=" not in part)))
    return found


TABLE = """
#                                                                    anon  strng obsrv volun other coord board
GET   desk:home                                                      login 200   200   200   200   200   200
GET   desk:board                                                     login 403   403   403   403   200   200
GET   desk:search                                                    login 403   403   200   200   200   200
POST  desk:search                                                    login 403   403   302   302   302   302
GET   desk:record                                                    login 403   403   200   200   200   200
GET   desk:help                                                      login 200   200   200   200   200   200
GET   desk:api_docs                                                  login 200   200   200   200   200   200
GET   desk:healthz                                                   200   200   200   200   200   200   200
GET   desk:readyz                                                    200   200   200   200   200   200   200

GET   areas:list                                                     login 200   200   200   200   200   200
GET   areas:add_kampung                                              login 403   403   403   403   200   200
POST  areas:add_kampung                                              login 403   403   403   403   200   200
GET   areas:kampung pk=kampung                                       login 404   404   200   404   200   200
GET   areas:edit_kampung pk=kampung                                  login 404   404   403   404   200   200
POST  areas:edit_kampung pk=kampung                                  login 404   404   403   404   200   200
GET   areas:add_board pk=kampung                                     login 404   404   403   404   200   200
POST  areas:add_board pk=kampung                                     login 404   404   403   404   200   200
GET   areas:edit_board pk=board_place                                login 404   404   403   404   200   200
POST  areas:edit_board pk=board_place                                login 404   404   403   404   200   200
POST  areas:retire_board pk=board_place                              login 404   404   403   404   302   302
POST  areas:return_board pk=board_place                              login 404   404   403   404   409   409
GET   areas:days                                                     login 200   200   200   200   200   200
POST  areas:days                                                     login 403   403   403   403   200   200
POST  areas:import_days                                              login 403   403   403   403   422   422
POST  areas:remove_day pk=own_day                                    login 403   403   403   403   302   302
GET   areas:detail code=rt                                           login 404   404   200   404   200   200
POST  areas:add code=rt                                              login 404   404   403   404   409   409
GET   areas:rename code=rt                                           login 404   404   403   404   200   200
POST  areas:rename code=rt                                           login 404   404   403   404   200   200
POST  areas:remove code=empty_rt                                     login 404   404   403   404   302   302

GET   people:list                                                    login 403   403   403   403   200   200
GET   people:detail pk=volunteer                                     login 404   404   302   404   200   200
GET   people:edit pk=volunteer                                       login 404   404   403   404   200   200
POST  people:edit pk=volunteer                                       login 404   404   403   404   200   200
GET   people:add_role pk=volunteer                                   login 404   404   403   404   200   200
POST  people:add_role pk=volunteer                                   login 404   404   403   404   200   200
POST  people:password_link pk=volunteer                              login 404   404   403   404   302   302
POST  people:deactivate pk=volunteer                                 login 404   404   403   404   302   302
POST  people:activate pk=volunteer                                   login 404   404   403   404   409   409
POST  people:lift_second_factor pk=volunteer                         login 404   404   403   404   403   409
POST  people:end_role pk=membership                                  login 404   404   403   404   302   302
GET   people:invitations                                             login 403   403   403   403   200   200
GET   people:invite                                                  login 403   403   403   403   200   200
POST  people:invite                                                  login 403   403   403   403   200   200
POST  people:renew_invitation pk=invitation                          login 404   404   404   404   302   302
POST  people:revoke_invitation pk=invitation                         login 404   404   404   404   302   302
GET   people:show_link                                               login 302   302   302   302   302   302
GET   people:join token=join_link                                    200   200   200   200   200   200   200
POST  people:join token=join_link                                    200   302   302   409   302   302   302
GET   people:new_password token=password_link                        200   200   200   200   200   200   200
POST  people:new_password token=password_link                        200   200   200   200   200   200   200
GET   people:me                                                      login 200   200   200   200   200   200
GET   people:edit_me                                                 login 200   200   200   200   200   200
POST  people:edit_me                                                 login 200   200   200   200   200   200
POST  people:theme                                                   login 302   302   302   302   302   302
GET   people:sessions                                                login 200   200   200   200   200   200
POST  people:end_other_sessions                                      login 302   302   302   302   302   302
POST  people:end_session pk=0                                        login 409   409   409   409   409   409
POST  people:make_key                                                login 302   302   302   302   302   302
POST  people:revoke_key                                              login 409   409   409   409   409   409
GET   people:organisations                                           login 403   403   403   403   403   200
GET   people:add_organisation                                        login 403   403   403   403   403   200
POST  people:add_organisation                                        login 403   403   403   403   403   200
GET   people:edit_organisation pk=organisation                       login 403   403   403   403   403   200
POST  people:edit_organisation pk=organisation                       login 403   403   403   403   403   200
GET   people:logo pk=organisation                                    login 403   403   403   403   403   404

GET   programmes:list                                                login 200   200   200   200   200   200
GET   programmes:create                                              login 403   403   403   403   403   200
POST  programmes:create                                              login 403   403   403   403   403   422
GET   programmes:detail pk=programme                                 login 404   200   200   200   200   200
GET   programmes:edit pk=programme                                   login 404   403   403   403   403   200
POST  programmes:edit pk=programme                                   login 404   403   403   403   403   422
GET   programmes:round_create pk=programme                           login 404   403   403   403   403   200
POST  programmes:round_create pk=programme                           login 404   403   403   403   403   422
GET   programmes:rounds                                              login 200   200   200   200   200   200
GET   programmes:round pk=round                                      login 404   200   200   200   200   200
GET   programmes:round_edit pk=round                                 login 404   403   403   403   403   200
POST  programmes:round_edit pk=round                                 login 404   403   403   403   403   422
GET   programmes:schedule_create pk=round                            login 404   403   403   403   200   200
POST  programmes:schedule_create pk=round                            login 404   403   403   403   422   422
GET   programmes:schedules                                           login 200   200   200   200   200   200
GET   programmes:schedule_edit pk=schedule                           login 404   404   403   404   200   200
POST  programmes:schedule_edit pk=schedule                           login 404   404   403   404   422   422
GET   programmes:schedule_cancel pk=schedule                         login 404   404   403   404   200   200
POST  programmes:schedule_cancel pk=schedule                         login 404   404   403   404   422   422

GET   jobs:list                                                      login 200   200   200   200   200   200
GET   jobs:detail pk=job                                             login 404   404   200   404   404   404
GET   jobs:download pk=job                                           login 404   404   404   404   404   404
POST  jobs:run_again pk=job                                          login 404   404   409   404   404   404

GET   notices:list                                                   login 200   200   200   200   200   200
GET   notices:text                                                   login 403   403   403   403   200   200
GET   notices:choose                                                 login 200   200   200   200   200   200
POST  notices:choose                                                 login 200   200   200   200   200   200

GET   households:list                                                login 200   200   200   200   200   200
GET   households:create                                              login 403   403   200   200   200   200
POST  households:create                                              login 403   403   200   200   200   200
GET   households:similar                                             login 405   405   405   405   405   405
POST  households:similar                                             login 403   403   200   200   200   200
GET   households:detail pk=household                                 login 404   404   200   404   200   200
GET   households:edit pk=household                                   login 404   404   200   404   200   200
POST  households:edit pk=household                                   login 404   404   200   404   200   200
GET   households:kk pk=household                                     login 404   404   200   404   200   200
POST  households:kk pk=household                                     login 404   404   200   404   200   200
GET   households:reveal pk=household                                 login 405   405   405   405   405   405
POST  households:reveal pk=household                                 login 404   404   200   404   200   200
GET   households:member_add pk=household                             login 404   404   200   404   200   200
POST  households:member_add pk=household                             login 404   404   200   404   200   200
GET   households:member_edit pk=member                               login 404   404   200   404   200   200
POST  households:member_edit pk=member                               login 404   404   200   404   200   200
GET   households:member_left pk=member                               login 404   404   200   404   200   200
POST  households:member_left pk=member                               login 404   404   200   404   200   200
POST  households:member_head pk=member                               login 404   404   302   404   302   302
GET   households:consent pk=household                                login 404   404   200   404   200   200
POST  households:consent pk=household                                login 404   404   200   404   200   200
POST  households:withdraw pk=household                               login 404   404   200   404   200   200
POST  households:moved pk=household                                  login 404   404   200   404   200   200
POST  households:moved_back pk=household                             login 404   404   409   404   409   409
GET   households:check_add pk=household                              login 404   404   200   404   200   200
POST  households:check_add pk=household                              login 404   404   200   404   200   200
GET   households:screenshot pk=check                                 login 404   404   200   404   200   200
GET   households:receipt_add pk=household                            login 404   404   200   404   200   200
POST  households:receipt_add pk=household                            login 404   404   200   404   200   200
GET   households:receipt_edit pk=receipt                             login 404   404   200   404   200   200
POST  households:receipt_edit pk=receipt                             login 404   404   200   404   200   200
GET   households:visit_add pk=household                              login 404   404   200   404   200   200
POST  households:visit_add pk=household                              login 404   404   200   404   200   200
GET   households:merge pk=household                                  login 404   404   403   404   200   200
POST  households:merge pk=household                                  login 404   404   403   404   200   200
GET   households:merge_compare pk=household other=other_household    login 404   404   403   404   200   200
POST  households:merge_compare pk=household other=other_household    login 404   404   403   404   302   302
POST  households:unmerge pk=household                                login 404   404   404   404   404   404

GET   casefiles:list                                                 login 200   200   200   200   200   200
GET   casefiles:create                                               login 403   403   200   200   200   200
GET   casefiles:tell category=PUNGLI                                 login 403   403   200   200   200   200
POST  casefiles:tell category=PUNGLI                                 login 403   403   422   422   422   422
GET   casefiles:detail pk=case                                       login 404   404   200   404   200   200
GET   casefiles:saved pk=case                                        login 404   404   200   404   200   200
GET   casefiles:edit pk=case                                         login 404   404   200   404   200   200
POST  casefiles:edit pk=case                                         login 404   404   422   404   422   422
GET   casefiles:add_evidence pk=case                                 login 404   404   200   404   200   200
POST  casefiles:add_evidence pk=case                                 login 404   404   200   404   200   200
GET   casefiles:reporter pk=case                                     login 404   404   200   404   200   200
POST  casefiles:reporter pk=case                                     login 404   404   200   404   200   200
POST  casefiles:reveal pk=case                                       login 404   404   409   404   409   409
GET   casefiles:code pk=case                                         login 404   404   200   404   200   200
POST  casefiles:code pk=case                                         login 404   404   200   404   200   200
GET   casefiles:change_code pk=case                                  login 404   404   200   404   200   200
POST  casefiles:change_code pk=case                                  login 404   404   422   404   422   422
GET   casefiles:similar pk=case other=other_case                     login 405   405   405   405   405   405
POST  casefiles:similar pk=case other=other_case                     login 404   404   302   404   302   302
GET   casefiles:evidence pk=evidence                                 login 404   404   200   404   200   200
GET   casefiles:original pk=evidence                                 login 405   405   405   405   405   405
POST  casefiles:original pk=evidence                                 login 404   404   403   404   200   200
GET   casefiles:strike pk=evidence                                   login 404   404   403   404   200   200
POST  casefiles:strike pk=evidence                                   login 404   404   403   404   200   200
POST  casefiles:unlink pk=link                                       login 404   404   302   404   302   302
GET   casefiles:group_detail pk=group                                login 404   404   200   404   200   200
GET   casefiles:rename_group pk=group                                login 404   404   403   404   200   200
POST  casefiles:rename_group pk=group                                login 404   404   403   404   422   422
POST  casefiles:verify pk=case                                       login 404   404   403   404   302   302
GET   casefiles:ask pk=case                                          login 404   404   403   404   200   200
POST  casefiles:ask pk=case                                          login 404   404   403   404   422   422
GET   casefiles:supply pk=case                                       login 404   404   409   404   409   409
POST  casefiles:supply pk=case                                       login 404   404   409   404   409   409
GET   casefiles:resolve pk=case                                      login 404   404   403   404   409   409
POST  casefiles:resolve pk=case                                      login 404   404   403   404   409   409
GET   casefiles:close pk=case                                        login 404   404   403   404   200   200
POST  casefiles:close pk=case                                        login 404   404   403   404   422   422
GET   casefiles:reopen pk=case                                       login 404   404   403   404   409   409
POST  casefiles:reopen pk=case                                       login 404   404   403   404   409   409
GET   casefiles:assign pk=case                                       login 404   404   403   404   200   200
POST  casefiles:assign pk=case                                       login 404   404   403   404   422   422
POST  casefiles:take pk=case                                         login 404   404   302   404   302   302
GET   casefiles:link pk=case                                         login 404   404   200   404   200   200
POST  casefiles:link pk=case                                         login 404   404   422   404   422   422
GET   casefiles:group pk=case                                        login 404   404   403   404   200   200
POST  casefiles:group pk=case                                        login 404   404   403   404   422   422
POST  casefiles:ungroup pk=case                                      login 404   404   403   404   302   302

GET   escalations:list                                               login 200   200   200   200   200   200
GET   escalations:send                                               login 302   302   302   302   302   302
POST  escalations:send                                               login 302   302   302   302   302   302
GET   escalations:detail pk=submission                               login 404   404   200   404   200   200
GET   escalations:receive pk=submission                              login 404   404   403   404   200   200
POST  escalations:receive pk=submission                              login 404   404   403   404   422   422
GET   escalations:answer pk=submission                               login 404   404   403   404   200   200
POST  escalations:answer pk=submission                               login 404   404   403   404   422   422
GET   escalations:progress pk=submission                             login 404   404   403   404   200   200
POST  escalations:progress pk=submission                             login 404   404   403   404   422   422
GET   escalations:withdraw pk=submission                             login 404   404   403   404   200   200
POST  escalations:withdraw pk=submission                             login 404   404   403   404   422   422
GET   escalations:calendar                                           login 403   403   200   200   200   200
POST  escalations:calendar                                           login 403   403   200   200   200   200
POST  escalations:calendar_revoke                                    login 409   409   409   409   409   409
GET   escalations:feed token=calendar_token                          200   200   200   200   200   200   200
GET   escalations:attachment pk=answer                               login 404   404   200   404   200   200
GET   escalations:offices                                            login 200   200   200   200   200   200
GET   escalations:office_create                                      login 403   403   403   403   200   200
POST  escalations:office_create                                      login 403   403   403   403   422   422
GET   escalations:office pk=office                                   login 404   404   200   404   200   200
GET   escalations:office_edit pk=office                              login 404   404   403   404   403   200
POST  escalations:office_edit pk=office                              login 404   404   403   404   403   422

GET   paper:letters                                                  login 403   403   403   403   200   200
GET   paper:letter_create                                            login 403   403   403   403   200   200
POST  paper:letter_create                                            login 403   403   403   403   200   200
GET   paper:letter pk=letter                                         login 404   404   404   404   200   200
GET   paper:letter_edit pk=draft                                     login 404   404   404   404   200   200
POST  paper:letter_edit pk=draft                                     login 404   404   404   404   200   200
POST  paper:letter_restart pk=draft                                  login 404   404   404   404   302   302
POST  paper:letter_discard pk=draft                                  login 404   404   404   404   302   302
GET   paper:letter_picture pk=letter                                 login 404   404   404   404   200   200
GET   paper:letter_file pk=letter                                    login 404   404   404   404   200   200
POST  paper:letter_print pk=letter                                   login 404   404   404   404   302   302
GET   paper:letter_hand_over pk=letter                               login 404   404   404   404   200   200
POST  paper:letter_hand_over pk=letter                               login 404   404   404   404   200   200
GET   paper:letter_receipt pk=handed_letter                          login 404   404   404   404   200   200
POST  paper:letter_receipt pk=handed_letter                          login 404   404   404   404   200   200
GET   paper:letter_scan pk=handed_letter                             login 404   404   404   404   200   200
GET   paper:letter_void pk=letter                                    login 404   404   404   404   200   200
POST  paper:letter_void pk=letter                                    login 404   404   404   404   200   200
GET   paper:home                                                     login 403   403   200   200   200   200
GET   paper:posters                                                  login 403   403   200   200   200   200
GET   paper:poster_create                                            login 403   403   200   200   200   200
GET   paper:poster_preview                                           login 403   403   404   404   404   404
GET   paper:poster_text                                              login 403   403   422   422   422   422
POST  paper:poster_text                                              login 403   403   422   422   422   422
GET   paper:poster pk=poster                                         login 404   404   200   404   200   200
GET   paper:poster_edit pk=poster                                    login 404   404   200   404   200   200
POST  paper:poster_edit pk=poster                                    login 404   404   422   404   422   422
GET   paper:poster_picture pk=poster                                 login 404   404   200   404   200   200
GET   paper:poster_print pk=poster                                   login 405   405   405   405   405   405
POST  paper:poster_print pk=poster                                   login 404   404   404   404   404   404
POST  paper:poster_share pk=poster                                   login 404   404   302   404   302   302
POST  paper:poster_retire pk=poster                                  login 404   404   302   404   302   302
GET   paper:doors_create                                             login 403   403   200   200   200   200
GET   paper:doors_print                                              login 403   403   422   422   422   422
POST  paper:doors_print                                              login 403   403   422   422   422   422
GET   paper:doors_preview                                            login 403   403   404   404   404   404
GET   paper:slips_create                                             login 403   403   200   200   200   200
GET   paper:slips_preview                                            login 403   403   404   404   404   404
GET   paper:slips_text                                               login 403   403   422   422   422   422
POST  paper:slips_text                                               login 403   403   422   422   422   422
GET   paper:receipt_print case=case                                  login 405   405   405   405   405   405
POST  paper:receipt_print case=case                                  login 404   404   422   404   422   422
GET   paper:prints                                                   login 403   403   200   200   200   200
GET   paper:print pk=print                                           login 403   403   200   404   200   200
GET   paper:print_file pk=print                                      login 404   404   200   404   200   200
GET   paper:print_picture pk=print                                   login 404   404   200   404   200   200
POST  paper:print_again pk=print                                     login 404   404   302   404   302   302
GET   paper:print_sheets pk=print                                    login 405   405   405   405   405   405
POST  paper:print_sheets pk=print                                    login 404   404   404   404   404   404

GET   status:ask                                                     200   200   200   200   200   200   200
POST  status:ask                                                     200   200   200   200   200   200   200
GET   share:poster token=shared_poster                               200   200   200   200   200   200   200
GET   share:picture token=shared_poster                              200   200   200   200   200   200   200

GET   account_login                                                  200   302   302   302   302   302   302
POST  account_login                                                  200   302   302   302   302   302   302
GET   people:filters                                                 login 200   200   200   200   200   200
POST  people:save_filter                                             login 422   422   422   422   422   422
GET   people:rename_filter pk=saved_filter                           login 404   404   200   404   404   404
POST  people:rename_filter pk=saved_filter                           login 404   404   422   404   404   404
POST  people:remove_filter pk=saved_filter                           login 404   404   302   404   404   404
GET   account_logout                                                 302   200   200   200   200   200   200
POST  account_logout                                                 302   302   302   302   302   302   302
GET   account_inactive                                               200   200   200   200   200   200   200
GET   account_reauthenticate                                         login 200   200   200   200   200   200
GET   account_change_password                                        login 200   200   200   200   200   200
POST  account_change_password                                        login 200   200   200   200   200   200
GET   mfa_index                                                      login 200   200   200   200   200   200
GET   mfa_authenticate                                               302   302   302   302   302   302   302
GET   mfa_reauthenticate                                             login 302   302   302   302   302   302
GET   mfa_activate_totp                                              login 302   302   302   302   302   302
GET   mfa_deactivate_totp                                            login 404   404   404   404   404   404
GET   mfa_view_recovery_codes                                        login 404   404   404   404   404   404
GET   mfa_generate_recovery_codes                                    login 302   302   302   302   302   302
GET   mfa_download_recovery_codes                                    login 404   404   404   404   404   404
GET   account_reset_password                                         200   200   200   200   200   200   200
GET   account_signup                                                 200   200   200   200   200   200   200
POST  account_signup                                                 405   405   405   405   405   405   405
GET   set_language                                                   302   302   302   302   302   302   302
POST  set_language                                                   302   302   302   302   302   302   302

GET   schema                                                         401   200   200   200   200   200   200
GET   area-list                                                      401   200   200   200   200   200   200
GET   area-detail pk=rt                                              401   404   404   200   404   200   200
PATCH area-detail pk=rt                                              401   404   404   403   404   200   200
POST  area-add pk=rt                                                 401   404   404   400   404   400   400
GET   area-children pk=rt                                            401   404   404   200   404   200   200
GET   kampung-list                                                   401   200   200   200   200   200   200
GET   kampung-detail pk=kampung                                      401   404   404   200   404   200   200
GET   noticeboard-list                                               401   200   200   200   200   200   200
POST  noticeboard-list                                               401   400   400   400   400   400   400
GET   noticeboard-detail pk=board_place                              401   404   404   200   404   200   200
PATCH noticeboard-detail pk=board_place                              401   404   404   403   404   200   200
POST  noticeboard-retire pk=board_place                              401   404   404   403   404   200   200
POST  noticeboard-return pk=board_place                              401   404   404   403   404   409   409
GET   ownday-list                                                    401   200   200   200   200   200   200
POST  ownday-list                                                    401   400   400   400   400   400   400
GET   ownday-detail pk=own_day                                       401   200   200   200   200   200   200
GET   user-list                                                      401   200   200   200   200   200   200
GET   user-me                                                        401   200   200   200   200   200   200
GET   user-detail pk=volunteer                                       401   404   404   200   404   200   200
GET   membership-list                                                401   200   200   200   200   200   200
POST  membership-list                                                401   400   400   400   400   400   400
GET   membership-detail pk=membership                                401   404   404   200   404   200   200
POST  membership-end pk=membership                                   401   404   404   403   404   200   200
GET   savedfilter-list                                               401   200   200   200   200   200   200
POST  savedfilter-list                                               401   400   400   400   400   400   400
GET   savedfilter-detail pk=saved_filter                             401   404   404   200   404   404   404
PATCH savedfilter-detail pk=saved_filter                             401   404   404   400   404   404   404
POST  savedfilter-remove pk=saved_filter                             401   404   404   204   404   404   404
GET   programme-list                                                 401   200   200   200   200   200   200
POST  programme-list                                                 401   400   400   400   400   400   400
GET   programme-detail pk=programme                                  401   404   200   200   200   200   200
PATCH programme-detail pk=programme                                  401   404   403   403   403   403   200
GET   round-list                                                     401   200   200   200   200   200   200
POST  round-list                                                     401   400   400   400   400   400   400
GET   round-detail pk=round                                          401   404   200   200   200   200   200
GET   schedule-list                                                  401   200   200   200   200   200   200
POST  schedule-list                                                  401   400   400   400   400   400   400
GET   schedule-detail pk=schedule                                    401   404   404   200   404   200   200
PATCH schedule-detail pk=schedule                                    401   404   404   403   404   200   200
POST  schedule-cancel pk=schedule                                    401   404   404   400   404   400   400
GET   digest-list                                                    401   200   200   200   200   200   200
POST  digest-list                                                    401   405   405   405   405   405   405
GET   digest-detail pk=digest                                        401   404   404   200   404   404   404
GET   household-list                                                 401   200   200   200   200   200   200
POST  household-list                                                 401   400   400   400   400   400   400
GET   household-detail pk=household                                  401   404   404   200   404   200   200
PATCH household-detail pk=household                                  401   404   404   200   404   200   200
GET   household-checks pk=household                                  401   404   404   200   404   200   200
POST  household-checks pk=household                                  401   404   404   400   404   400   400
POST  household-kk pk=household                                      401   404   404   400   404   400   400
GET   household-members pk=household                                 401   405   405   405   405   405   405
POST  household-members pk=household                                 401   404   404   400   404   400   400
GET   household-receipts pk=household                                401   404   404   200   404   200   200
POST  household-receipts pk=household                                401   404   404   400   404   400   400
GET   household-visits pk=household                                  401   404   404   200   404   200   200
POST  household-visits pk=household                                  401   404   404   400   404   400   400
POST  household-consent pk=household                                 401   404   404   400   404   400   400
POST  household-withdraw-consent pk=household                        401   404   404   400   404   400   400
POST  household-numbers pk=household                                 401   404   404   400   404   400   400
POST  household-merge pk=household                                   401   404   404   400   404   400   400
POST  household-unmerge pk=household                                 401   404   404   403   404   409   409
POST  household-moved pk=household                                   401   404   404   400   404   400   400
POST  household-moved-back pk=household                              401   404   404   409   404   409   409
PATCH member-detail pk=member                                        401   404   404   200   404   200   200
POST  member-left pk=member                                          401   404   404   400   404   400   400
POST  member-head pk=member                                          401   404   404   200   404   200   200
PATCH aidreceipt-detail pk=receipt                                   401   404   404   200   404   200   200
GET   case-list                                                      401   200   200   200   200   200   200
POST  case-list                                                      401   400   400   400   400   400   400
GET   case-detail pk=case                                            401   404   404   200   404   200   200
PATCH case-detail pk=case                                            401   404   404   200   404   200   200
POST  case-ask-details pk=case                                       401   404   404   400   404   400   400
POST  case-assign pk=case                                            401   404   404   400   404   400   400
POST  case-by-code                                                   401   400   400   400   400   400   400
POST  case-code pk=case                                              401   404   404   200   404   200   200
POST  case-renew-code pk=case                                        401   404   404   400   404   400   400
POST  case-revoke-code pk=case                                       401   404   404   400   404   400   400
POST  case-close pk=case                                             401   404   404   400   404   400   400
POST  case-evidence pk=case                                          401   404   404   415   404   415   415
POST  case-group pk=case                                             401   404   404   403   404   409   409
POST  case-link pk=case                                              401   404   404   400   404   400   400
POST  case-reopen pk=case                                            401   404   404   400   404   400   400
POST  case-resolve pk=case                                           401   404   404   400   404   400   400
POST  case-reveal-reporter pk=case                                   401   404   404   409   404   409   409
POST  case-supply-details pk=case                                    401   404   404   409   404   409   409
POST  case-take pk=case                                              401   404   404   200   404   200   200
POST  case-ungroup pk=case                                           401   404   404   403   404   409   409
POST  case-verify pk=case                                            401   404   404   403   404   200   200
GET   office-list                                                    401   200   200   200   200   200   200
GET   office-detail pk=office                                        401   404   404   200   404   200   200
GET   office-record pk=office                                        401   404   404   403   404   200   200
GET   board-list                                                     401   403   403   403   403   200   200
GET   submission-list                                                401   200   200   200   200   200   200
POST  submission-list                                                401   400   400   400   400   400   400
GET   submission-detail pk=submission                                401   404   404   200   404   200   200
POST  submission-answer pk=submission                                401   404   404   400   404   400   400
POST  submission-receive pk=submission                               401   404   404   400   404   400   400
POST  submission-progress pk=submission                              401   404   404   400   404   400   400
POST  submission-withdraw pk=submission                              401   404   404   400   404   400   400
GET   api-root                                                       401   200   200   200   200   200   200
GET   doorsheet-list                                                 401   200   200   200   200   200   200
GET   doorsheet-detail pk=sheet                                      401   404   404   200   404   200   200
GET   letter-list                                                    401   200   200   200   200   200   200
POST  letter-list                                                    401   403   403   403   403   400   400
GET   letter-detail pk=letter                                        401   404   404   404   404   200   200
PATCH letter-detail pk=draft                                         401   404   404   404   404   200   200
POST  letter-restart pk=draft                                        401   404   404   404   404   200   200
POST  letter-discard pk=draft                                        401   404   404   404   404   204   204
POST  letter-print pk=letter                                         401   404   404   404   404   200   200
GET   letter-file pk=letter                                          401   404   404   404   404   200   200
POST  letter-hand-over pk=letter                                     401   404   404   404   404   400   400
POST  letter-receipt pk=handed_letter                                401   404   404   404   404   400   400
POST  letter-void pk=letter                                          401   404   404   404   404   400   400
GET   poster-list                                                    401   200   200   200   200   200   200
POST  poster-list                                                    401   400   400   400   400   400   400
GET   poster-detail pk=poster                                        401   404   404   200   404   200   200
PATCH poster-detail pk=poster                                        401   404   404   200   404   200   200
POST  doorsheet-returned pk=sheet                                    401   404   404   200   404   200   200
POST  doorsheet-not-returned pk=sheet                                401   404   404   200   404   200   200
POST  poster-print pk=poster                                         401   404   404   400   404   400   400
POST  poster-retire pk=poster                                        401   404   404   200   404   200   200
POST  poster-share pk=poster                                         401   404   404   200   404   200   200
POST  poster-unshare pk=poster                                       401   404   404   200   404   200   200
GET   printrecord-list                                               401   200   200   200   200   200   200
POST  printrecord-list                                               401   400   400   400   400   400   400
POST  printrecord-receipt                                            401   400   400   400   400   400   400
GET   printrecord-detail pk=print                                    401   404   404   200   404   200   200
GET   printrecord-file pk=print                                      401   404   404   200   404   200   200
"""

LINES = lines(TABLE)


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inner)
        else:
            yield f"{space}{entry.name or entry.pattern}", entry


NAMES = {name for name, _entry in patterns(get_resolver())}


def test_every_address_is_in_the_table_and_every_line_has_an_address():
    known = {line.name for line in LINES}
    assert {name for name in NAMES if not name.startswith(ADMIN)} == known


def test_every_line_says_something_of_every_role():
    assert [line.id for line in LINES if len(line.answers) != len(ROLES)] == []


@pytest.fixture
def rows(cast, areas) -> WebRows:
    return WebRows(cast, areas)


@pytest.fixture
def knock(cast):
    """The answer to one request, undone afterwards: `knock("GET", url, "volunteer")`."""
    people = {
        "stranger": cast.stranger,
        "observer": cast.observer,
        "volunteer": cast.volunteer,
        "other": cast.other_volunteer,
        "coordinator": cast.coordinator,
        "board": cast.board,
    }
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, person in people.items():
        clients[role].force_login(person)
    signed_in = {role: deepcopy(client.cookies) for role, client in clients.items()}

    def request(method: str, url: str, role: str) -> str:
        client = clients[role]
        client.cookies = deepcopy(signed_in[role])
        with transaction.atomic():
            if url.startswith("/api/") and method != "GET":
                answer = client.generic(method, url, "{}", content_type="application/json")
            else:
                answer = client.generic(method, url)
            transaction.set_rollback(True)
        if answer.status_code == 302 and answer["Location"].startswith(DOORS):
            return "login"
        return str(answer.status_code)

    return request


def address(line: Line, rows: WebRows) -> str:
    kwargs = {}
    for key, row in line.kwargs.items():
        value = getattr(rows, row) if hasattr(type(rows), row) else row
        kwargs[key] = getattr(value, "pk", value)
    return reverse(line.name, kwargs=kwargs or None)


GROUPS = sorted({line.group for line in LINES})


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS)
def test_every_role_gets_its_answer(group, rows, knock):
    """A whole part of the site at once, as its rows take longer to make than its pages; each request is undone."""
    wanted, got = {}, {}
    for line in [line for line in LINES if line.group == group]:
        url = address(line, rows)
        wanted[line.id] = " ".join(line.answers)
        got[line.id] = " ".join(knock(line.method, url, role) for role in ROLES)
    assert got == wanted


# Rows that are nobody's own: reference data, and links that are themselves the key.
SHARED = {
    "category",
    "programme",
    "round",
    "own_day",
    "organisation",
    "join_link",
    "password_link",
    "shared_poster",
    "calendar_token",
    "0",
}
SHUT = {"403", "404", "405"}


def test_no_line_lets_anyone_reach_a_row_outside_their_area():
    """A line that says otherwise is a mistake even if the site agrees with it; 400 is refused before a row is looked for."""
    outside = [ROLES.index(role) for role in ("stranger", "observer", "other")]
    wrong = [
        line.id
        for line in LINES
        if line.kwargs
        and not SHARED & (set(line.kwargs) | set(line.kwargs.values()))
        and not {line.answers[place] for place in outside} <= SHUT | {"400"}
    ]
    assert wrong == []


def test_only_doors_and_links_stand_open():
    anonymous = {line.id for line in LINES if line.answers[0] not in {"login", "401"}}
    assert anonymous == OPEN


OPEN = {
    "GET escalations:feed",
    "GET desk:healthz",
    "GET desk:readyz",
    "GET people:join",
    "POST people:join",
    "GET people:new_password",
    "POST people:new_password",
    "GET share:poster",
    "GET share:picture",
    "GET status:ask",
    "POST status:ask",
    "GET account_login",
    "POST account_login",
    "GET account_logout",
    "POST account_logout",
    "GET account_inactive",
    "GET mfa_authenticate",
    "GET account_reset_password",
    "GET account_signup",
    "POST account_signup",
    "GET set_language",
    "POST set_language",
}


@pytest.mark.django_db
def test_no_list_shows_a_row_to_those_outside(rows, client, cast):
    """Everything there is in Gedong, and every address without a row in it, seen by those who may not see it."""
    telling = [
        rows.household.head_name,
        rows.case.number,
        rows.submission.links.get().case.number,
        rows.board_place.place,
        rows.invitation.name,
        cast.volunteer.username,
        rows.group.title,
        f"/print/posters/{rows.poster.pk}/",
        f"/print/prints/{rows.print.pk}/",
    ]
    assert rows.answer
    for person in (cast.stranger, cast.observer, cast.other_volunteer):
        client.force_login(person)
        for line in LINES:
            if line.method == "GET" and not line.kwargs:
                page = client.get(reverse(line.name)).content.decode(errors="replace")
                assert [text for text in telling if text in page] == [], (person.username, line.name)


@pytest.mark.django_db
def test_the_administration_is_the_boards(knock, areas):
    """Every address of it, whatever model is registered tomorrow."""
    index = reverse("admin:index")
    for role in ("stranger", "observer", "volunteer", "other", "coordinator"):
        assert knock("GET", index, role) == "403"
    assert knock("GET", index, "board") == "200"
    for name in sorted(name for name in NAMES if name.startswith(ADMIN)):
        try:
            url = reverse(name)
        except NoReverseMatch:
            url = _with_a_row(name)
        assert knock("GET", url, "anonymous") == "login", name
        assert knock("GET", url, "coordinator") == "403", name
        assert knock("POST", url, "coordinator") == "403", name
        assert knock("GET", url, "board") in {"200", "302", "403", "404"}, name


def _with_a_row(name: str) -> str:
    """Addresses of one row; which row does not matter to those who may not come in."""
    for kwargs in ({"object_id": "1"}, {"app_label": "areas"}, {"url": "nowhere"}):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return f"{reverse('admin:index')}areas/area/31/"
