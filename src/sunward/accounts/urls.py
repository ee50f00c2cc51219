"""Addresses of the system administrator's pages, below ``/administration/``."""

from django.urls import path

from sunward.accounts import views

app_name = "accounts"
urlpatterns = [
    path("users/", views.users, name="users"),
    path("users/new/", views.user_new, name="user_new"),
    path("users/<str:username>/", views.user, name="user"),
    path("users/<str:username>/password/", views.user_password, name="user_password"),
    path("users/<str:username>/lock/", views.user_lock, name="user_lock"),
    path("users/<str:username>/unlock/", views.user_unlock, name="user_unlock"),
    path("users/<str:username>/posts/new/", views.user_post, name="user_post"),
    path("posts/<int:assignment_id>/end/", views.post_end, name="post_end"),
    path("posts/<int:assignment_id>/deputy/", views.post_deputy, name="post_deputy"),
    path("units/", views.units, name="units"),
    path("units/<str:code>/phone/", views.unit_phone, name="unit_phone"),
]
