from django.urls import path

from . import views

app_name = "reversal"

urlpatterns = [
    path("", views.ReversalDaftar.as_view(), name="daftar"),
    path("baru/", views.ReversalBuat.as_view(), name="buat"),
    path("<slug:nomor>/", views.ReversalDetail.as_view(), name="detail"),
    path("<slug:nomor>/langkah/<slug:langkah>/", views.ReversalLangkah.as_view(), name="langkah"),
]
